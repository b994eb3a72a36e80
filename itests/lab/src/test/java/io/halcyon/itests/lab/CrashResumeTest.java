package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A supervised container is killed again and again, alone and beside keepalived: where it is back within three
 * advertisement intervals, nobody may notice. {@code -Dhalcyon.crashes=50} for a longer run.
 */
@Tag("lab")
@Isolated("a restart is measured")
class CrashResumeTest {

    private static final String VIP = "192.168.88.50";
    private static final Router ROUTER = Router.version2(51, 100, VIP);
    private static final int CRASHES = Integer.getInteger("halcyon.crashes", 2);
    private static final Duration LIMIT = Duration.ofSeconds(40);
    /** Held while a container starts: two that start at once would make each other late. */
    private static final Object START = new Object();

    private static final double PATIENCE_MILLIS = 3_000;
    /** A container that lived so long is restarted without a pause. */
    private static final long LIVED_MILLIS = 11_000;
    /** Longer than master-down: whoever wants to take over has done so. */
    private static final long SETTLED_NANOS = 4_500_000_000L;

    /** What one crash cost. */
    private record Crash(double silentMillis, List<String> reigns, Answers.Service service, Claims.Tally claims) {

        boolean inTime() {
            return silentMillis < PATIENCE_MILLIS;
        }
    }

    @Test
    void aCrashWithinThreeIntervalsIsNoFailover() {
        var alone = CompletableFuture.supplyAsync(() -> crashes("alone", 1));
        var beside = crashes("beside-keepalived", 2);

        check("alone", alone.join());
        check("beside keepalived", beside);
    }

    private static void check(String where, List<Crash> crashes) {
        var inTime = crashes.stream().filter(Crash::inTime).toList();
        System.out.printf(
                "kill -9 of a supervised container, %s: %d of %d restarts within three intervals, silent for %.0f..%.0f ms;"
                        + " of these %d failovers, %d lost probes, %d of %d ARP requests answered by two, %d by nobody;"
                        + " longest time without an answer of all %.0f ms, answered by two %.0f ms%n",
                where,
                inTime.size(),
                crashes.size(),
                crashes.stream().mapToDouble(Crash::silentMillis).min().orElse(0),
                crashes.stream().mapToDouble(Crash::silentMillis).max().orElse(0),
                inTime.stream().filter(crash -> crash.reigns().size() > 1).count(),
                inTime.stream().mapToInt(crash -> crash.service().lost()).sum(),
                inTime.stream().mapToInt(crash -> crash.claims().byTwo()).sum(),
                inTime.stream().mapToInt(crash -> crash.claims().asked()).sum(),
                inTime.stream().mapToInt(crash -> crash.claims().unanswered()).sum(),
                crashes.stream()
                        .mapToDouble(crash -> crash.service().outageMillis())
                        .max()
                        .orElse(0),
                crashes.stream()
                        .mapToDouble(crash -> crash.claims().longestByTwoMillis())
                        .max()
                        .orElse(0));
        assertThat(inTime).as("restarts in time, of %s", crashes).isNotEmpty();
        assertThat(inTime).allSatisfy(crash -> {
            assertThat(crash.reigns()).containsExactly("h1");
            assertThat(crash.service().hosts()).containsExactly("h1");
            assertThat(crash.service().lost()).isZero();
            assertThat(crash.claims().asked()).isPositive();
            assertThat(crash.claims().unanswered()).isZero();
            assertThat(crash.claims().byTwo()).isZero();
        });
    }

    private static List<Crash> crashes(String name, int hosts) {
        var directory = Distribution.root().resolve("itests/lab/target/labs/crash-" + name);
        try (var lab = Lab.create("lab-crash-" + name, directory, hosts);
                var capture = Capture.of(lab);
                var prober = new Prober(lab, capture, List.of(VIP));
                var asker = new Asker(lab, capture, List.of(VIP));
                var node = new HalcyonNode(lab, "h1", Distribution.unpacked());
                var backup = hosts > 1 ? new KeepalivedNode(lab, "h2") : null) {
            var wire = new Wire(capture, ROUTER.vrid());
            if (backup != null) {
                backup.configure(List.of(ROUTER.withPriority(90)));
                backup.start();
                backup.awaitBackup(LIMIT);
            }
            node.configure(List.of(ROUTER));
            synchronized (START) {
                node.command("start").orThrow();
                prober.awaitAnswer(VIP, "h1", 0, LIMIT);
            }
            List<Crash> crashes = new ArrayList<>();
            for (int i = 0; i < CRASHES; i++) {
                crashes.add(crash(lab, wire, prober.of(VIP), asker.of(VIP), i));
            }
            long stopped = Times.now();
            node.command("stop").orThrow();
            assertThat(wire.resignations("h1", stopped)).hasSize(2);
            assertThat(node.log().lines().filter(line -> line.contains("BACKUP -> MASTER, resumes: it was master")))
                    .hasSizeGreaterThanOrEqualTo(
                            (int) crashes.stream().filter(Crash::inTime).count());
            return crashes;
        }
    }

    private static Crash crash(Lab lab, Wire wire, Answers answers, Claims claims, int number) {
        long began = began(lab);
        Await.until(
                "the container has lived a while, alone as master",
                LIMIT,
                () -> System.currentTimeMillis() - began > LIVED_MILLIS
                        && wire.reigns(Times.now() - 2_200_000_000L, Times.now())
                                .equals(List.of("h1")));
        long crashed;
        long killed;
        Frame.Advert again;
        synchronized (START) {
            long phase = number * 370_000_000L % 1_000_000_000L;
            long advert = wire.last("h1", Times.now()).orElseThrow().at();
            Await.until("the phase of this crash", LIMIT, () -> (Times.now() - advert) % 1_000_000_000L >= phase);
            crashed = Times.now();
            lab.host("h1").shell("kill -9 $(cat %s/run/halcyon.pid)".formatted(HalcyonNode.BASE));
            killed = Times.now();
            again = restarted(wire, killed);
        }
        long end = again.at() + SETTLED_NANOS;
        var last = wire.last("h1", killed).orElseThrow();
        var service = answers.between(crashed, end);
        return new Crash(
                Times.millis(last.at(), again.at()),
                wire.reigns(crashed - 1_200_000_000L, end),
                service,
                claims.between(crashed, end));
    }

    private static Frame.Advert restarted(Wire wire, long killed) {
        return Await.found("the restarted node advertises", LIMIT, () -> wire.adverts("h1", killed).stream()
                .findFirst());
    }

    /** When the launcher began the container that runs, or a moment later; by the clock that the launcher asks. */
    private static long began(Lab lab) {
        try {
            return Files.getLastModifiedTime(lab.directory("h1").resolve("halcyon/run/halcyon.pid"))
                    .toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
