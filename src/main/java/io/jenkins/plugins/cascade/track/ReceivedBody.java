package io.jenkins.plugins.cascade.track;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/** The body of an answer that goes to a channel as it comes, its SHA-256 taken as it passes; gives up when it is longer than a limit. */
final class ReceivedBody implements HttpResponse.BodySubscriber<ReceivedBody.Received> {
    private final String what;
    private final WritableByteChannel target;
    private final long limit;
    private final AtomicLong moved;
    private final MessageDigest digest = Sha256.begin();
    private final CompletableFuture<Received> whole = new CompletableFuture<>();
    private Flow.Subscription subscription;
    private final AtomicLong bytes = new AtomicLong();

    /**
     * What came.
     *
     * @param bytes its size
     * @param sha256 64 hexadecimal digits
     */
    record Received(long bytes, String sha256) {}

    /**
     * A body.
     *
     * @param what is received, for the messages
     * @param moved counts the bytes that came
     */
    ReceivedBody(String what, WritableByteChannel target, long limit, AtomicLong moved) {
        this.what = what;
        this.target = target;
        this.limit = limit;
        this.moved = moved;
    }

    @Override
    public CompletionStage<Received> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription upstream) {
        subscription = upstream;
        upstream.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        try {
            for (ByteBuffer buffer : buffers) {
                take(buffer);
            }
            subscription.request(1);
        } catch (IOException e) {
            subscription.cancel();
            whole.completeExceptionally(e);
        }
    }

    private void take(ByteBuffer buffer) throws IOException {
        if (bytes.addAndGet(buffer.remaining()) > limit) {
            throw new RefusedException(what + " is longer than " + limit + " bytes", null);
        }
        moved.addAndGet(buffer.remaining());
        digest.update(buffer.duplicate());
        try {
            while (buffer.hasRemaining()) {
                target.write(buffer);
            }
        } catch (IOException e) {
            throw new RefusedException(what + " cannot be written here: " + e.getMessage(), e);
        }
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        whole.complete(new Received(bytes.get(), Sha256.end(digest)));
    }

    /** What comes cannot be kept, which asking again would not change. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String sentence, IOException cause) {
            super(sentence, cause);
        }
    }
}
