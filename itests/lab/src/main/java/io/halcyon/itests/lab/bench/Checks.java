package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Many network checks at once, beside HAProxy with as many servers. */
final class Checks {

    /** Lateness is that of the last one or two minutes, and none of them is to be the first. */
    private static final Duration WARM_UP = Duration.ofSeconds(65);

    private static final Duration WINDOW = Duration.ofSeconds(12);
    private static final int WINDOWS = 5;

    private static final double LATENESS_LIMIT_MILLIS = 50;
    private static final double CORES_LIMIT = 1;
    private static final double MEMORY_LIMIT_MEBIBYTES = 286; // 300 MB
    /** Interval and timeout, of a second each. */
    private static final double DOWN_LIMIT_SECONDS = 2;

    private static final List<String> NOTES = List.of(
            "The peer is Debian's HAProxy with `check inter 1s rise 1 fall 1` for each of as many servers, measured in"
                    + " turn. Each target has an address of its own below 127.0.0.0/8. tcp: both connect and close by"
                    + " reset. https: both verify the certificate and ask nginx for a page; Halcyon resumes its sessions"
                    + " (TLS 1.2, `tls.max`).",
            "Halcyon is the check engine and the type's bundle in a JVM of their own, with %s. It is not the container: a file watcher that"
                            .formatted("`" + String.join(" ", CheckConsumer.Halcyon.OPTIONS) + "`")
                    + " looks at ten thousand files every 0.4 s would be measured instead.",
            "Lateness is the time from when a run is due to when its check is called, over the last minute or two;"
                    + " HAProxy does not tell its own. Work and memory are those of five windows of 12 s after 65 s; the"
                    + " targets' work is not in them, that of the kernel for the client is.",
            "Victims down: so many targets are killed at once; until the last of them is DOWN.");

    private final List<Double> cores = new ArrayList<>();
    private final List<Double> memory = new ArrayList<>();
    private CheckConsumer.Lateness lateness = new CheckConsumer.Lateness(Double.NaN, Double.NaN);
    private double up;
    private double downSeconds;

    static Section measure(Progress progress) {
        var load = new LoadNote();
        List<Figure> figures = new ArrayList<>();
        for (var traffic : Traffic.values()) {
            var halcyon = of("halcyon", traffic, CheckConsumer::halcyon, progress);
            var peer = of("haproxy", traffic, CheckConsumer::haproxy, progress);
            figures.addAll(figures(traffic, halcyon, peer));
        }
        return new Section("checks", figures, load.and(NOTES));
    }

    private static Checks of(
            String name, Traffic traffic, BiFunction<CheckStage, Traffic, CheckConsumer> maker, Progress progress) {
        progress.say("checks, %s, %s: start".formatted(traffic.title(), name));
        var checks = new Checks();
        try (var stage = new CheckStage("bench-checks-" + name, traffic);
                var consumer = maker.apply(stage, traffic)) {
            consumer.awaitUp(traffic.size().checks());
            progress.say("checks, %s, %s: %d up".formatted(traffic.title(), name, consumer.up()));
            Await.pass(WARM_UP, "the start is not measured");
            for (int i = 0; i < WINDOWS; i++) {
                checks.window(consumer);
            }
            checks.lateness = consumer.lateness();
            checks.up = consumer.up();
            long killed = stage.killVictims();
            checks.downSeconds = (consumer.awaitVictimsDown() - killed) / 1e9;
        }
        return checks;
    }

    private void window(CheckConsumer consumer) {
        var before = Usage.threadNanos(consumer.grip());
        long start = System.nanoTime();
        Await.pass(WINDOW, "time itself is measured");
        var after = Usage.threadNanos(consumer.grip());
        cores.add(Usage.secondsBetween(before, after) / ((System.nanoTime() - start) / 1e9));
        memory.add(Usage.residentMebibytes(consumer.grip()));
    }

    private static List<Figure> figures(Traffic load, Checks halcyon, Checks peer) {
        return List.of(
                once(
                        load.title() + ", up",
                        "",
                        halcyon.up,
                        peer.up,
                        Target.atLeast(load.size().checks())),
                once(
                        load.title() + ", start lateness p50",
                        "ms",
                        halcyon.lateness.p50(),
                        peer.lateness.p50(),
                        Target.NONE),
                once(
                        load.title() + ", start lateness p99",
                        "ms",
                        halcyon.lateness.p99(),
                        peer.lateness.p99(),
                        Target.atMost(LATENESS_LIMIT_MILLIS)),
                Figure.medians(
                        load.title() + ", work of the client",
                        "cores",
                        Samples.of(halcyon.cores),
                        Samples.of(peer.cores),
                        Target.atMost(CORES_LIMIT)),
                Figure.of(
                        load.title() + ", resident memory, most",
                        "MiB",
                        Samples.of(halcyon.memory),
                        Samples.of(peer.memory),
                        Samples::max,
                        Target.atMost(MEMORY_LIMIT_MEBIBYTES)),
                once(
                        load.title() + ", " + load.size().victims() + " victims down",
                        "s",
                        halcyon.downSeconds,
                        peer.downSeconds,
                        Target.atMost(DOWN_LIMIT_SECONDS)));
    }

    private static Figure once(String name, String unit, double halcyon, double peer, Target target) {
        return new Figure(name, unit, halcyon, peer, 1, target);
    }
}
