package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The archive of classes that halves the start: made once, by a container that does nothing, in an installation of its own. */
@Tag("lab")
class ArchiveTest {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String HOME = "/run/own";
    private static final String LAUNCHER = HOME + "/bin/halcyon";

    /** Owner of its address: it would advertise as soon as it runs. */
    private static final String ROUTER =
            """
            interface = %s
            version = 3
            virtual.router.id = 51
            priority = 255
            advert.int = 0.1
            virtual.ipaddress = 192.168.88.50
            """;

    @Test
    void isMadeOnceTouchesNoNetworkAndIsNotNeeded() {
        var directory = Distribution.root().resolve("itests/lab/target/labs/archive");
        try (var lab = Lab.create("lab-archive", directory, 1);
                var capture = Capture.of(lab)) {
            var host = lab.host("h1");
            var copy = Distribution.unpacked().copiedTo(lab.directory("h1").resolve("own"));
            host.shell("mkdir %1$s && mount --bind '%2$s' %1$s".formatted(HOME, copy.home()));
            Directories.write(copy.home().resolve("etc/io.halcyon.vrrp-VI_51.cfg"), ROUTER.formatted(Lab.INTERFACE));

            var made = host.run(Map.of(), "", List.of(LAUNCHER, "archive"));
            assertThat(made.orThrow()).contains("making an archive of classes, once");
            assertThat(capture.adverts(0, advert -> true))
                    .as("what a container sent that was to do nothing")
                    .isEmpty();
            assertThat(archives(host)).hasSize(1);
            assertThat(host.shell("ls " + HOME + "/run")).as("what it left").doesNotContain("s.");

            assertThat(mappedByAStart(host, capture, ""))
                    .contains(archives(host).get(0));
            assertThat(mappedByAStart(host, capture, "HALCYON_ARCHIVE=off ")).doesNotContain("classes-");
            host.shell("truncate -s 100000 " + archives(host).get(0));
            assertThat(mappedByAStart(host, capture, ""))
                    .as("mapped of an archive that is broken")
                    .doesNotContain("classes-");
        }
    }

    private static List<String> archives(Host host) {
        return host.shell("ls " + HOME + "/lib/classes-*.jsa").lines().toList();
    }

    /** The files that the container's process has mapped, seen while it is master. */
    private static String mappedByAStart(Host host, Capture capture, String environment) {
        long began = Times.now();
        var said = host.shell(environment + LAUNCHER + " start");
        assertThat(said).doesNotContain("making an archive");
        capture.awaitAdvert("the router runs", began, LIMIT, advert -> advert.priority() == 255);
        var mapped = host.shell("cat /proc/$(cat %s/run/halcyon.pid)/maps".formatted(HOME));
        assertThat(host.shell("cat %s/data/log/console.log".formatted(HOME))).doesNotContain("[warning]", "[error]");
        host.shell(LAUNCHER + " stop --now");
        return mapped;
    }
}
