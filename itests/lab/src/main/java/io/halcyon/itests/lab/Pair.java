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

    private static final long SETTLED_NANOS = 50_000_000;

    private final Lab lab;
    private final Capture capture;
    private final Addresses addresses;
    private final Prober prober;
    private final Node a;
    private final Node b;

    /** Which daemon runs in a host. */
    public interface Maker extends BiFunction<Lab, String, Node> {}

    public static final Maker HALCYON = (lab, host) -> new HalcyonNode(lab, host, Distribution.unpacked());
    public static final Maker HALCYON_PCAP =
            (lab, host) -> new HalcyonNode(lab, host, Distribution.unpacked()).over("pcap");
    public static final Maker KEEPALIVED = KeepalivedNode::new;

    /** Makes the lab; the nodes are configured and started by the case. */
    public Pair(String name, Maker first, Maker second, List<String> probed) {
        this.lab = Lab.create(name, directory(name), 2);
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

    /** The node that runs in a host. */
    public Node nodeIn(String host) {
        return a.host().equals(host) ? a : b;
    }

    /** Waits until the node, and for a while nobody else, advertises the router and answers for its addresses. */
    public void awaitMaster(Node node, Router router, Duration limit) {
        Await.until(node.host() + " alone is master of " + router.name(), limit, () -> alone(node, router));
    }

    private boolean alone(Node node, Router router) {
        long now = Times.now();
        long quiet = (long) (2.5 * router.intervalMillis() * 1e6);
        var heard = capture.adverts(now - quiet, advert -> advert.vrid() == router.vrid());
        return heard.size() >= 2
                && heard.stream().allMatch(advert -> advert.host().equals(node.host()) && advert.priority() > 0)
                && router.addresses().stream()
                        .allMatch(address -> prober.of(address).onlyBy(node.host(), now - SETTLED_NANOS));
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
