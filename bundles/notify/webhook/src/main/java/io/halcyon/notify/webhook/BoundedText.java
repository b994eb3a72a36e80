package io.halcyon.notify.webhook;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** The beginning of an answer's body. What comes behind it is not read: the connection is closed. */
final class BoundedText implements BodySubscriber<String> {

    static final int MOST_BYTES = 64 << 10;

    private final CompletableFuture<String> text = new CompletableFuture<>();
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private @Nullable Subscription subscription;

    @Override
    public CompletionStage<String> getBody() {
        return text;
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (var buffer : buffers) {
            var bytes = new byte[Math.min(buffer.remaining(), MOST_BYTES - read.size())];
            buffer.get(bytes);
            read.writeBytes(bytes);
        }
        if (read.size() == MOST_BYTES) {
            var source = subscription;
            if (source != null) {
                source.cancel();
            }
            onComplete();
        }
    }

    @Override
    public void onError(Throwable failure) {
        text.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        text.complete(read.toString(StandardCharsets.UTF_8));
    }
}
