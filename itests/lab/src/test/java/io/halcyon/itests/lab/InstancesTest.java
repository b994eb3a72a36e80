package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two instances on one machine over one installation that nobody can write to. */
@Tag("lab")
class InstancesTest {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final Router FIRST = Router.version2(51, 100, "192.168.88.50");
    private static final Router SECOND = Router.version2(52, 100, "192.168.88.60");

    @Test
    void eachHasItsOwnDirectoriesRoutersAndCommandLine() {
        var directory = Distribution.root().resolve("itests/lab/target/labs/instances");
        var home = Distribution.unpacked().home();
        try (var lab = Lab.create("lab-instances", directory, 1);
                var capture = Capture.of(lab);
                var first = new HalcyonNode(lab, "h1", Distribution.unpacked(), "/run/halcyon-first");
                var second = new HalcyonNode(lab, "h1", Distribution.unpacked(), "/run/halcyon-second")) {
            var intruder = lab.host("h1")
                    .run(Map.of(), "", List.of("touch", home.resolve("etc/new").toString()));
            assertThat(intruder.output()).contains("Read-only file system");
            first.configure(List.of(FIRST));
            second.configure(List.of(SECOND));
            first.command("start").orThrow();
            second.command("start").orThrow();
            awaitMaster(capture, FIRST, 0);
            awaitMaster(capture, SECOND, 0);

            assertThat(routers(first)).containsExactly("VI_51");
            assertThat(routers(second)).containsExactly("VI_52");
            assertThat(first.log()).contains("VI_51").doesNotContain("VI_52", " ERROR ");
            assertThat(second.log()).contains("VI_52").doesNotContain("VI_51", " ERROR ");

            first.command("stop").orThrow();
            assertThat(first.command("status").exit()).isEqualTo(3);
            assertThat(second.command("status").exit()).isZero();
            awaitMaster(capture, SECOND, Times.now());
            assertThat(new Wire(capture, SECOND.vrid()).resignations("h1", 0)).isEmpty();
            second.command("stop").orThrow();
        }
    }

    private static void awaitMaster(Capture capture, Router router, long since) {
        capture.awaitAdvert(
                router.name() + " is master",
                since,
                LIMIT,
                advert -> advert.vrid() == router.vrid() && advert.priority() == router.priority());
    }

    private static List<String> routers(HalcyonNode node) {
        return node.json("vrrp:list").findValuesAsText("name");
    }
}
