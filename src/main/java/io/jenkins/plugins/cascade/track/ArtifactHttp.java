package io.jenkins.plugins.cascade.track;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The artifact REST API: single files, streamed. A transfer may take as long as it moves; when nothing moved for a while it is ended and
 * begun again, as often as any idempotent call.
 */
final class ArtifactHttp {
    /** A server that passes a file on to a bucket is silent until it has done so. */
    static final Duration PATIENT_STALL = Duration.ofMinutes(5);

    private static final int NOT_FOUND = 404;

    private final MlflowHttp http;
    private final Duration stall;

    /**
     * The API of a server.
     *
     * @param stall how long nothing may move
     */
    ArtifactHttp(MlflowHttp http, Duration stall) {
        this.http = http;
        this.stall = stall;
    }

    /** A place on the server: the path of an artifact in the store of all artifacts. */
    private HttpRequest.Builder request(String place) {
        return HttpRequest.newBuilder(http.address().artifact(ArtifactPath.encoded(place)));
    }

    private static String call(String place) {
        return "the artifact " + place;
    }

    /**
     * Sends a file.
     *
     * @return size and SHA-256 of what was sent
     * @throws IOException also when the file cannot be read
     */
    ReceivedBody.Received put(String place, Path file) throws IOException {
        return http.<ReceivedBody.Received, IOException>repeated(() -> {
            AtomicLong moved = new AtomicLong();
            SentFile body = new SentFile(file, moved);
            put(place, body, moved);
            return new ReceivedBody.Received(body.contentLength(), body.sha256());
        });
    }

    /** Sends a few bytes. */
    void put(String place, byte[] bytes) throws TrackingException {
        http.<Void, TrackingException>repeated(() -> {
            put(place, HttpRequest.BodyPublishers.ofByteArray(bytes), new AtomicLong());
            return null;
        });
    }

    private void put(String place, HttpRequest.BodyPublisher body, AtomicLong moved) throws TrackingException {
        http.exchange(
                call(place),
                request(place).PUT(body),
                () -> new CappedBody(ArtifactManifest.MAX_BYTES),
                Waiting.whileMoving(stall, moved));
    }

    /** Reads a file of the server to its end, keeping only its size and SHA-256. */
    ReceivedBody.Received digest(String place, long maxBytes) throws TrackingException {
        return http.<ReceivedBody.Received, TrackingException>repeated(
                () -> get(place, Channels.newChannel(OutputStream.nullOutputStream()), maxBytes));
    }

    /**
     * Fetches a file.
     *
     * @param target replaced when it is there
     * @throws IOException also when the target cannot be written
     */
    ReceivedBody.Received get(String place, Path target, long maxBytes) throws IOException {
        return http.<ReceivedBody.Received, IOException>repeated(() -> {
            try (FileChannel channel = FileChannel.open(
                    target,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ReceivedBody.Received received = get(place, channel, maxBytes);
                channel.force(true);
                return received;
            }
        });
    }

    private ReceivedBody.Received get(String place, WritableByteChannel target, long maxBytes)
            throws TrackingException {
        AtomicLong moved = new AtomicLong();
        return http.exchange(
                call(place),
                request(place).GET(),
                () -> new ReceivedBody("The artifact " + place, target, maxBytes, moved),
                Waiting.whileMoving(stall, moved));
    }

    /** A small file; empty when there is none. */
    Optional<byte[]> small(String place) throws TrackingException {
        try {
            return Optional.of(http.<byte[], TrackingException>repeated(() -> http.exchange(
                    call(place),
                    request(place).GET(),
                    () -> new CappedBody(ArtifactManifest.MAX_BYTES),
                    Waiting.whileMoving(stall, new AtomicLong()))));
        } catch (TrackingException e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
