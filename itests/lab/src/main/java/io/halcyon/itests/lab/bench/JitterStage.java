package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Await;
import io.halcyon.itests.lab.Capture;
import io.halcyon.itests.lab.Distribution;
import io.halcyon.itests.lab.Frame;
import io.halcyon.itests.lab.HalcyonNode;
import io.halcyon.itests.lab.KeepalivedNode;
import io.halcyon.itests.lab.Lab;
import io.halcyon.itests.lab.LabException;
import io.halcyon.itests.lab.Node;
import io.halcyon.itests.lab.Times;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** One daemon, alone and master of all its routers. */
final class JitterStage implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration EDITS = Duration.ofSeconds(2);

    /** The second burst of announcements comes five seconds after the takeover and is no idling. */
    private static final Duration CALM = Duration.ofSeconds(7);

    private final Crowd crowd;
    private final Lab lab;
    private final Capture capture;
    private final Node node;

    JitterStage(Daemon daemon, Crowd crowd) {
        this.crowd = crowd;
        var name = "bench-jitter-" + daemon.title();
        this.lab = Lab.create(
                name, Distribution.root().resolve("itests/lab/target/labs").resolve(name), 1);
        this.capture = Capture.of(lab);
        this.node = daemon.maker().apply(lab, "h1");
        node.configure(crowd.routers());
    }

    void start() {
        node.start();
        Await.until(
                "master of all routers", LIMIT, () -> heard() == crowd.routers().size());
        Await.pass(CALM, "all announcements are to be over");
    }

    private long heard() {
        return capture.adverts(0, advert -> true).stream()
                .map(Frame.Advert::vrid)
                .distinct()
                .count();
    }

    Samples idle() {
        long from = Times.now();
        Await.pass(Duration.ofSeconds(crowd.watchSeconds()), "time itself is measured");
        return off(from, advert -> true);
    }

    /** While ten routers are edited, each two seconds, and, in a JVM, garbage is made. */
    Samples atWork() {
        long from = Times.now();
        try (var garbage = new Work(node)) {
            for (int i = 0; i < crowd.watchSeconds() / EDITS.toSeconds(); i++) {
                edit(i % 2 == 0 ? 101 : 100);
                Await.pass(EDITS, "time itself is measured");
            }
            garbage.check();
        }
        return off(from, advert -> !crowd.edits(advert.vrid()));
    }

    private void edit(int priority) {
        if (node instanceof HalcyonNode halcyon) {
            crowd.edited().forEach(router -> halcyon.write(router.withPriority(priority)));
        } else if (node instanceof KeepalivedNode keepalived) {
            keepalived.configure(crowd.editedTo(priority));
            keepalived.reload();
        }
    }

    /** Garbage where there is a collector. */
    private static final class Work implements AutoCloseable {

        private final List<Garbage> garbage;

        Work(Node node) {
            garbage = node instanceof HalcyonNode halcyon ? List.of(new Garbage(halcyon.socket())) : List.of();
        }

        void check() {
            if (garbage.stream().anyMatch(commands -> commands.answers() < 10)) {
                throw new LabException("the command line did not answer, so no garbage was made");
            }
        }

        @Override
        public void close() {
            garbage.forEach(Garbage::close);
        }
    }

    private Samples off(long from, Predicate<Frame.Advert> filter) {
        return Intervals.off(capture.adverts(from, filter), crowd.intervalMillis());
    }

    int drops() {
        return capture.drops();
    }

    @Override
    public void close() {
        node.close();
        capture.close();
        lab.close();
    }
}
