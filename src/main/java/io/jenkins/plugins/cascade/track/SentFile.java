package io.jenkins.plugins.cascade.track;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/** The body of a request that is a file: a few kilobytes of it in memory at a time, its SHA-256 taken as it passes. For one request. */
final class SentFile implements HttpRequest.BodyPublisher {
    private final HttpRequest.BodyPublisher file;
    private final AtomicLong moved;
    private final MessageDigest digest = Sha256.begin();

    /**
     * A body.
     *
     * @param moved counts the bytes that were handed to the connection
     */
    SentFile(Path file, AtomicLong moved) throws FileNotFoundException {
        this.file = HttpRequest.BodyPublishers.ofFile(file);
        this.moved = moved;
    }

    /** SHA-256 of what was sent, asked once and after the answer. */
    String sha256() {
        synchronized (digest) {
            return Sha256.end(digest);
        }
    }

    @Override
    public long contentLength() {
        return file.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> connection) {
        file.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                connection.onSubscribe(subscription);
            }

            @Override
            public void onNext(ByteBuffer part) {
                moved.addAndGet(part.remaining());
                synchronized (digest) {
                    digest.update(part.duplicate());
                }
                connection.onNext(part);
            }

            @Override
            public void onError(Throwable failure) {
                connection.onError(failure);
            }

            @Override
            public void onComplete() {
                connection.onComplete();
            }
        });
    }
}
