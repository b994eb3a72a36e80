package io.halcyon.itests.lab.soak;

import io.halcyon.itests.lab.Addresses;
import io.halcyon.itests.lab.Asker;
import io.halcyon.itests.lab.Capture;
import io.halcyon.itests.lab.Claims;
import io.halcyon.itests.lab.HalcyonNode;
import io.halcyon.itests.lab.Lab;
import io.halcyon.itests.lab.LabException;
import io.halcyon.itests.lab.Pair;
import io.halcyon.itests.lab.Prober;
import io.halcyon.itests.lab.Router;
import io.halcyon.itests.lab.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Two Halcyon hosts at advertisement intervals of 0.1 s and a client. */
final class SoakStage implements AutoCloseable {

    static final String VIP = "192.168.88.50";
    static final Duration LIMIT = Duration.ofSeconds(60);

    /** The check's interval, its time-out, and what follows. */
    static final Duration CHECKED_AGAIN = Duration.ofMillis(2_200);

    private static final int VRID = 51;
    private static final double MILLIS_PER_MINUTE = 60e3;

    private final Pair pair;
    private final Wire wire;
    private final Asker asker;

    SoakStage() {
        pair = new Pair("halcyon-soak", Pair.HALCYON, Pair.HALCYON, List.of(VIP));
        wire = new Wire(pair.capture(), VRID);
        asker = new Asker(pair.lab(), pair.capture(), List.of(VIP));
        for (var node : nodes()) {
            node.configure(List.of(router(node, 0)));
            checkFails(node, false);
            node.start();
        }
        settle();
    }

    /** The first host is the stronger one; its lead is larger than what an edit changes and smaller than the check's weight. */
    private Router router(HalcyonNode node, int more) {
        int priority = node == nodes().get(0) ? 100 : 90;
        return new Router(
                "VI_1",
                3,
                VRID,
                priority + more,
                "0.1",
                List.of(VIP),
                "",
                false,
                healthy(node).toString(),
                -20);
    }

    private Path healthy(HalcyonNode node) {
        return pair.lab().directory(node.host()).resolve("healthy");
    }

    List<HalcyonNode> nodes() {
        return List.of((HalcyonNode) pair.a(), (HalcyonNode) pair.b());
    }

    Lab lab() {
        return pair.lab();
    }

    Wire wire() {
        return wire;
    }

    Prober prober() {
        return pair.prober();
    }

    /** Who answers for the address. */
    Claims claims() {
        return asker.of(VIP);
    }

    Addresses addresses() {
        return pair.addresses();
    }

    Capture capture() {
        return pair.capture();
    }

    void checkFails(HalcyonNode node, boolean fails) {
        try {
            if (fails) {
                Files.deleteIfExists(healthy(node));
            } else {
                Files.writeString(healthy(node), "");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void edit(HalcyonNode node, int more) {
        node.write(router(node, more));
    }

    /** Waits until the stronger host alone is master again. */
    void settle() {
        pair.awaitMaster(pair.a(), router(nodes().get(0), 0), LIMIT);
    }

    /** Open files of a node's process. */
    static long descriptors(HalcyonNode node) {
        try (var files = Files.list(Path.of("/proc/" + node.pid() + "/fd"))) {
            return files.count();
        } catch (IOException e) {
            throw new LabException("cannot count the open files of " + node.host(), e);
        }
    }

    /** For how long a node's process has run. */
    static double minutesOfLife(HalcyonNode node) {
        return ProcessHandle.of(node.pid())
                .flatMap(process -> process.info().startInstant())
                .map(began -> Duration.between(began, Instant.now()).toMillis() / MILLIS_PER_MINUTE)
                .orElseThrow(() -> new LabException("the process of " + node.host() + " is gone"));
    }

    @Override
    public void close() {
        asker.close();
        pair.close();
    }
}
