package io.halcyon.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.itests.lab.Await;
import io.halcyon.itests.lab.Capture;
import io.halcyon.itests.lab.Distribution;
import io.halcyon.itests.lab.HalcyonNode;
import io.halcyon.itests.lab.Lab;
import io.halcyon.itests.lab.Router;
import io.halcyon.itests.lab.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A feature of a later stage that cannot resolve does not stop the platform. */
class StagesIT {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String SPOILT = "io.halcyon.notify.smtp";

    @Test
    void aFeatureOfALaterStageThatCannotResolveDoesNotStopThePlatform() throws IOException {
        var target = Distribution.root().resolve("itests/karaf/target");
        var distribution = Distribution.unpacked().copiedTo(target.resolve("spoilt"));
        Files.copy(
                PluginJar.unresolvable(SPOILT),
                jar(distribution.home().resolve("system/io/halcyon/halcyon-notify-smtp")),
                StandardCopyOption.REPLACE_EXISTING);
        try (var lab = Lab.create("paxexam-stages", target.resolve("labs/stages"), 1);
                var capture = Capture.of(lab);
                var node = new HalcyonNode(lab, "h1", distribution)) {
            node.configure(List.of(Router.version3(51, 100, "192.168.88.50")));
            long started = Times.now();
            node.start();
            capture.awaitAdvert("the router advertises", started, LIMIT, advert -> advert.priority() == 100);
            Await.until("the later stage was tried", LIMIT, () -> node.logSinceStart()
                    .contains("com.example.nowhere"));

            assertThat(node.command("bundle:list", "-t", "0", "-s").orThrow())
                    .contains("io.halcyon.vrrp.engine")
                    .doesNotContain(SPOILT);
            assertThat(node.json("vrrp:list").toString()).contains("MASTER");
            node.stop(LIMIT);
        }
    }

    private static Path jar(Path artifact) throws IOException {
        try (var files = Files.walk(artifact)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
