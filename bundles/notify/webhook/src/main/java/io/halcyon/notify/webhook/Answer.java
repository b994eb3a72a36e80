package io.halcyon.notify.webhook;

import io.halcyon.spi.notify.DeliveryException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server said, and what follows from it. The client's threads fill it, the thread that waits reads it.
 *
 * <p>The status decides, also if the body never ends: a request that was taken must not be sent again for that.
 */
final class Answer implements BodyHandler<String> {

    private static final int NONE = 0;
    /** Request timeout, too early, too many requests. */
    private static final Set<Integer> LATER = Set.of(408, 425, 429);

    private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);

    private final Target target;
    private final Clock clock;
    private volatile HttpHeaders headers = NO_HEADERS;
    private volatile int status = NONE;

    Answer(Target target, Clock clock) {
        this.target = target;
        this.clock = clock;
    }

    @Override
    public BodySubscriber<String> apply(ResponseInfo info) {
        headers = info.headers();
        status = info.statusCode();
        return new BoundedText();
    }

    /** Whether the server has taken the request. */
    boolean isTaken() {
        return status / 100 == 2;
    }

    /** Whether there is a status. */
    boolean hasBegun() {
        return status != NONE;
    }

    /**
     * What the status means.
     *
     * @param body what is known of the body
     */
    void requireTaken(String body) throws DeliveryException {
        if (isTaken()) {
            return;
        }
        var said = target.place() + " answered " + status
                + (body.isBlank() ? "" : ": " + target.secrets().shown(body));
        if (status / 100 != 5 && !LATER.contains(status)) {
            var hint = status / 100 == 3 ? " (redirects are not followed)" : "";
            throw new DeliveryException(said + hint, null, false);
        }
        var wait = RetryAfter.of(retryAfter(), clock.instant());
        if (wait == null) {
            throw new DeliveryException(said, null, true);
        }
        throw new DeliveryException(said + ", and wants " + wait.toSeconds() + " s of peace", null, wait);
    }

    private @Nullable String retryAfter() {
        return headers.firstValue("Retry-After").orElse(null);
    }
}
