package io.halcyon.itests.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Two nodes, {@code a} in h1 and {@code b} in h2, that share virtual routers; the capture, the probes and the watch of
 * addresses that go with every case.
 */
public final class Pair implements AutoCloseable {

    private final Lab lab;
    private final Capture capture;
    private final Addresses addresses;
    private final Prober prober;
    private final Node a;
    private final Node b;

    /** Which daemon runs in a host. */
    public interface Maker extends BiFunction<Lab, String, Node> {}

    public static final Maker HALCYON = (lab, host) -> new HalcyonNode(lab, host, Distribution.unpacked());
    public static final Maker KEEPALIVED = KeepalivedNode::new;

    /** Makes the lab; the nodes are configured and started by the case. */
    public Pair(String name, Lab.Order order, Maker first, Maker second, List<String> probed) {
        this.lab = Lab.create(name, directory(name), 2, order);
        this.capture = Capture.of(lab);
        this.addresses = new Addresses(lab);
        this.prober = new Prober(lab, capture, probed);
        this.a = first.apply(lab, "h1");
        this.b = second.apply(lab, "h2");
    }

    private static Path directory(String name) {
        return Distribution.root().resolve("itests/lab/target/labs").resolve(name);
    }

    public Lab lab() {
        return lab;
    }

    public Capture capture() {
        return capture;
    }

    public Addresses addresses() {
        return addresses;
    }

    public Prober prober() {
        return prober;
    }

    public Node a() {
        return a;
    }

    public Node b() {
        return b;
    }

    public Node other(Node node) {
        return node == a ? b : a;
    }

    /** Waits until the host, and only it, advertises a router and answers for its address. */
    public void awaitMaster(Node node, Router router, Duration limit) {
        long since = Times.now();
        capture.awaitAdvert(
                node.host() + " is master of " + router.name(),
                since,
                limit,
                advert -> advert.host().equals(node.host()) && advert.vrid() == router.vrid() && advert.priority() > 0);
        router.addresses().forEach(address -> prober.awaitAnswer(address, node.host(), since, limit));
    }

    @Override
    public void close() {
        a.close();
        b.close();
        prober.close();
        addresses.close();
        capture.close();
        lab.close();
    }
}
