package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Await;
import io.halcyon.itests.lab.Distribution;
import io.halcyon.itests.lab.Lab;
import io.halcyon.itests.lab.Node;
import io.halcyon.itests.lab.Router;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** From exec to every router in BACKUP with its socket open. */
final class Starts {

    private static final int RUNS = 10;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** A raw socket of protocol 112 in {@code /proc/net/raw}, and 224.0.0.18 in {@code /proc/net/igmp}. */
    private static final String RAW_SOCKET = ":0070 ";

    private static final String GROUP = "120000E0";

    private Starts() {}

    /** In seconds. The first start of a new instance, which has more to do, is not among them. */
    static Samples seconds(Daemon daemon, int routers, Progress progress) {
        progress.say("footprint, %s with %d router(s): %d starts".formatted(daemon.title(), routers, RUNS));
        var name = "bench-starts-" + daemon.title();
        var directory = Distribution.root().resolve("itests/lab/target/labs").resolve(name);
        try (var lab = Lab.create(name, directory, 1);
                var node = daemon.maker().apply(lab, "h1")) {
            Samples seconds = seconds(lab, node, routers);
            node.stop(LIMIT);
            return seconds;
        }
    }

    /** The same of a node that has not been started yet, and runs afterwards. */
    static Samples seconds(Lab lab, Node node, int routers) {
        node.configure(IntStream.rangeClosed(1, routers)
                .mapToObj(vrid -> Router.version2(vrid, 100, "10.88.16." + vrid))
                .toList());
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i <= RUNS; i++) {
            if (i > 0) {
                node.stop(LIMIT);
            }
            long began = System.nanoTime();
            node.start();
            node.awaitBackup(LIMIT);
            Await.until("the sockets are open", LIMIT, () -> listens(lab));
            seconds.add((System.nanoTime() - began) / 1e9);
        }
        return Samples.of(seconds.subList(1, seconds.size()));
    }

    private static boolean listens(Lab lab) {
        var net = Path.of("/proc/" + lab.host("h1").pid() + "/net");
        return Usage.read(net.resolve("raw")).contains(RAW_SOCKET)
                && Usage.read(net.resolve("igmp")).contains(GROUP);
    }
}
