package io.halcyon.lvs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LvsLoopTest {

    private final LvsLoop loop = new LvsLoop();

    @Test
    void whoeverAsksWhileItEndsIsToldSoAndDoesNotWait() throws Exception {
        var asked = new CompletableFuture<CompletableFuture<Boolean>>();
        loop.start(() -> {
            asked.complete(loop.ask(() -> true));
            loop.close();
        });
        loop.execute(() -> {});

        var answer = asked.get(5, TimeUnit.SECONDS);

        assertThat(answer)
                .failsWithin(5, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("virtual servers have ended");
    }

    @Test
    void whoeverAsksAfterTheEndIsToldSo() {
        loop.start(() -> {});
        loop.close();

        assertThat(loop.ask(() -> true)).isCompletedExceptionally();
    }
}
