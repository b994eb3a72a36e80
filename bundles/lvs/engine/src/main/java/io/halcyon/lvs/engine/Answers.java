package io.halcyon.lvs.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the loop says to somebody who waits for it. */
final class Answers {

    private static final long LONGEST_SECONDS = 2;

    private Answers() {}

    /** @throws IllegalArgumentException if the loop says that the question makes no sense */
    static <T> T of(CompletableFuture<T> question) {
        try {
            return question.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw new IllegalArgumentException(refused.getMessage(), refused);
            }
            throw new IllegalStateException(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("lvs-loop did not answer within " + LONGEST_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for lvs-loop", e);
        }
    }
}
