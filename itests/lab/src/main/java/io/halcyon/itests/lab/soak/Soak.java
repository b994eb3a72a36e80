package io.halcyon.itests.lab.soak;

import io.halcyon.itests.lab.Await;
import io.halcyon.itests.lab.HalcyonNode;
import io.halcyon.itests.lab.LabException;
import io.halcyon.itests.lab.Times;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;

/** {@code ./test soak [MINUTES]}: does something bad to one of two hosts every few seconds and counts what clients notice. */
public final class Soak {

    /** A transition line, and whether there is something behind its comma. */
    private static final Pattern CAUSELESS =
            Pattern.compile("(INIT|BACKUP|MASTER|FAULT) -> (INIT|BACKUP|MASTER|FAULT)(, *)?$");

    private static final List<Trouble> ALL = List.of(Trouble.values());
    private static final List<Trouble> SURVIVED =
            ALL.stream().filter(Trouble::isSurvived).toList();

    private static final int SAMPLES = 12;
    private static final double NANOS_PER_MINUTE = 60e9;

    private final SoakStage stage;
    private final SoakReport report = new SoakReport();
    private final Random random;
    private final double minutes;
    private final long start = Times.now();

    private Soak(SoakStage stage, double minutes, long seed) {
        this.stage = stage;
        this.minutes = minutes;
        random = new Random(seed);
    }

    /**
     * Arguments: minutes, and a seed for who wants to repeat a run. Exit code 1: a transition without a cause, flapping, a request
     * that two hosts answered with no fault to explain it, a probe lost in something planned, a fault that could not be done, or
     * something that did not become well again.
     */
    public static void main(String[] arguments) {
        double minutes = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 60;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : Times.now();
        System.out.printf(Locale.ROOT, "soak: %.0f minutes, seed %d%n", minutes, seed);
        boolean good;
        try (var stage = new SoakStage()) {
            good = new Soak(stage, minutes, seed).run();
        } catch (LabException e) {
            System.out.println("soak: did not become well again: " + e.getMessage());
            good = false;
        }
        System.exit(good ? 0 : 1);
    }

    private boolean run() {
        double nextSample = 0;
        while (elapsed() < minutes) {
            if (elapsed() >= nextSample) {
                report.add(Sample.of(elapsed(), stage.nodes()));
                nextSample += minutes / SAMPLES;
            }
            incident(quiet());
        }
        report.add(Sample.of(elapsed(), stage.nodes()));
        stage.nodes().forEach(this::lookForCauses);
        System.out.println(report.markdown());
        if (stage.capture().drops() > 0) {
            System.out.println("soak: the capture missed frames, so lost probes may be its own");
        }
        return report.good();
    }

    private double elapsed() {
        return (Times.now() - start) / NANOS_PER_MINUTE;
    }

    /** A while in which nothing is done: whoever moves now has no reason. Returns when it began. */
    private long quiet() {
        long from = Times.now();
        Await.pass(Duration.ofMillis(500 + random.nextInt(1_500)), "what moves by itself shows when nothing happens");
        var reigns = stage.wire().reigns(from, Times.now());
        if (!reigns.equals(List.of("h1"))) {
            report.causeless("masters while nothing was done: " + reigns);
        }
        return from;
    }

    private void incident(long quietFrom) {
        // In the second half no process ends, so that what it keeps shows.
        var troubles = elapsed() < minutes / 2 ? ALL : SURVIVED;
        var trouble = troubles.get(random.nextInt(troubles.size()));
        var node = stage.nodes().get(random.nextInt(stage.nodes().size()));
        long from = Times.now();
        strike(trouble, node);
        stage.settle();
        awaitPartner(node);
        long to = Times.now();
        var service = stage.prober().of(SoakStage.VIP).between(from, to);
        int moves = stage.wire().reigns(from - 150_000_000L, to).size() - 1;
        var incident = new Incident(
                trouble, node.host(), service, moves, stage.claims().between(from, to));
        report.add(incident);
        report.undisturbed(stage.claims().between(quietFrom, from));
        System.out.printf(
                Locale.ROOT,
                "soak %5.1f min  %-6s %s  lost %d, %.0f ms, %d moves, answered by two %.0f ms%s%n",
                elapsed(),
                trouble,
                node.host(),
                service.lost(),
                service.outageMillis(),
                moves,
                incident.claims().longestByTwoMillis(),
                incident.flapped() ? "  FLAPPED" : "");
    }

    private void strike(Trouble trouble, HalcyonNode node) {
        try {
            trouble.strike(stage, node, random);
        } catch (LabException e) {
            report.failed(trouble + " of " + node.host() + ": " + e.getMessage());
            System.out.printf(Locale.ROOT, "soak %5.1f min  %s%n", elapsed(), e.getMessage());
        }
    }

    /** The next fault may hit the master: somebody must be there to take over. */
    private void awaitPartner(HalcyonNode node) {
        Await.until(node.host() + " takes part again", SoakStage.LIMIT, () -> node.command("vrrp:list")
                .output()
                .matches("(?s).*(MASTER|BACKUP).*"));
    }

    private void lookForCauses(HalcyonNode node) {
        Arrays.stream(node.log().split("\n", -1))
                .filter(line -> CAUSELESS.matcher(line).find())
                .forEach(report::causeless);
    }
}
