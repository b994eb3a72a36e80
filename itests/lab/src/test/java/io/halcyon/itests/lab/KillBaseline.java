package io.halcyon.itests.lab;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** What killing keepalived costs its clients with keepalived as the backup: the measure for ours. */
final class KillBaseline {

    /** {@code -Dhalcyon.kills=10} for a longer run. */
    static final int RUNS = Integer.getInteger("halcyon.kills", 3);

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Map<Router, CompletableFuture<Integer>> LOST = new ConcurrentHashMap<>();

    private KillBaseline() {}

    /** Measures at VRRPv2 beside the cases, because that is nearly all waiting; at VRRPv3 when somebody asks. */
    static void begin(Router home) {
        if (home.version() == 2) {
            LOST.computeIfAbsent(home, key -> CompletableFuture.supplyAsync(() -> measure(key)));
        }
    }

    /** Probes lost in {@link #RUNS} runs; measured once per kind of router. */
    static int lost(Router home) {
        return LOST.computeIfAbsent(home, key -> CompletableFuture.completedFuture(measure(key)))
                .join();
    }

    private static int measure(Router home) {
        var vip = home.addresses().get(0);
        int lost = 0;
        try (var pair =
                new Pair("lab-kill-baseline-v" + home.version(), Pair.KEEPALIVED, Pair.KEEPALIVED, List.of(vip))) {
            pair.a().configure(List.of(home));
            pair.b().configure(List.of(home.withPriority(90)));
            pair.b().start();
            pair.b().awaitBackup(LIMIT);
            for (int run = 0; run < RUNS; run++) {
                pair.a().start();
                pair.awaitMaster(pair.a(), home, LIMIT);
                long killed = Times.now();
                pair.a().kill();
                pair.awaitMaster(pair.b(), home.withPriority(90), LIMIT);
                lost += pair.prober().of(vip).between(killed, Times.now()).lost();
                ((KeepalivedNode) pair.a()).removeLeftOvers(home);
            }
        }
        return lost;
    }
}
