package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Await;
import io.halcyon.itests.lab.Distribution;
import io.halcyon.itests.lab.HalcyonNode;
import io.halcyon.itests.lab.Lab;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A means against slow starts and large processes, and what a node with one router is without it. */
enum Step {
    NO_ARCHIVE("without the archive of classes", "HALCYON_ARCHIVE=off\n"),
    EVERYTHING(
            "with every check, notifier and data plane at boot",
            "HALCYON_FEATURES='halcyon-checks halcyon-notifiers halcyon-lvs halcyon-transport-pcap'\n"),
    JVM_DEFAULTS(
            "with the JVM's own options, 64 MiB of heap at most, and without the archive",
            "HALCYON_ARCHIVE=off\nHALCYON_JAVA_OPTS=-Xmx64m\n");

    private static final Duration SETTLED = Duration.ofSeconds(20);

    private final String title;
    private final String environment;

    Step(String title, String environment) {
        this.title = title;
        this.environment = environment;
    }

    static List<Figure> figures(Progress progress) {
        List<Figure> figures = new ArrayList<>(figures("as shipped", "", progress));
        for (var step : values()) {
            figures.addAll(figures(step.title, step.environment, progress));
        }
        return figures;
    }

    private static List<Figure> figures(String title, String environment, Progress progress) {
        progress.say("footprint, halcyon " + title);
        var name = "bench-steps";
        var directory = Distribution.root().resolve("itests/lab/target/labs").resolve(name);
        try (var lab = Lab.create(name, directory, 1);
                var node = new HalcyonNode(lab, "h1", Distribution.unpacked()).withEnvironment(environment)) {
            Samples seconds = Starts.seconds(lab, node, 1);
            Await.pass(SETTLED, "a start needs memory that it gives back");
            Samples memory = Samples.of(Usage.residentMebibytes(node.grip()));
            return List.of(
                    Figure.medians(title + ": exec to BACKUP", "s", seconds, Samples.of(), Target.NONE),
                    Figure.medians(title + ": resident memory, backup", "MiB", memory, Samples.of(), Target.NONE));
        }
    }
}
