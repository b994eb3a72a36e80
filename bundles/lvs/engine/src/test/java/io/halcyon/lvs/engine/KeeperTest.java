package io.halcyon.lvs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.lvs.engine.server.Input;
import io.halcyon.lvs.engine.server.ServerSettings;
import io.halcyon.settings.ConfigText;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class KeeperTest {

    @TempDir
    Path data;

    @Test
    void whatIsKnownAtTheEndIsWrittenLast() throws Exception {
        var loop = new LvsLoop();
        loop.start(() -> {});
        var disk = Threads.passing("disk");
        var memories = new Memories(data.resolve("lvs"));
        var around = new Surroundings(
                loop,
                new Dataplanes(),
                new Definitions(new Definers().ofChecks),
                new Sinks(),
                new Holds(data.resolve("overrides")),
                memories,
                Clock.systemUTC(),
                disk);
        var settings = ServerSettings.of(ConfigText.of("web", "web", Node.TWO));
        var slow = new CountDownLatch(1);
        disk.execute(() -> awaitQuietly(slow));

        Answers.of(loop.ask(() -> {
            var keeper = new Keeper(around);
            var web = new Hosted(settings);
            web.machine().on(new Input.Configured(settings, List.of()), loop.nanos());
            keeper.touched(web);
            keeper.keep();
            web.machine().on(new Input.Verdict(Definers.verdict(Node.CHECK1, Health.DOWN, "HTTP 503")), loop.nanos());
            keeper.touched(web);
            keeper.keepNow();
            return true;
        }));
        slow.countDown();
        Threads.end(disk);
        loop.close();

        assertThat(memories.find("web").up()).containsEntry("[192.0.2.11]:80", false);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
