package io.halcyon.lvs.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the loop says to somebody who waits for it. */
final class Answers {

    /** For a reader or a command. */
    private static final long USUAL_SECONDS = 2;

    /** For what waits until a data plane has done what was ordered before. */
    static final long LONG_SECONDS = 10;

    private Answers() {}

    /** @throws IllegalArgumentException if the loop says that the question makes no sense */
    static <T> T of(CompletableFuture<T> question) {
        return of(question, USUAL_SECONDS);
    }

    /** The same with another patience. */
    static <T> T of(CompletableFuture<T> question, long seconds) {
        try {
            return question.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw new IllegalArgumentException(refused.getMessage(), refused);
            }
            throw new IllegalStateException(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("lvs-loop did not answer within " + seconds + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for lvs-loop", e);
        }
    }
}
