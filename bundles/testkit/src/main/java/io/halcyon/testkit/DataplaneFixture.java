package io.halcyon.testkit;

import static io.halcyon.testkit.ServerFarm.PORT;

import io.halcyon.spi.dataplane.Dataplane;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Desired.Leaving;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.Persistence;
import io.halcyon.spi.dataplane.Scheduler;
import io.halcyon.spi.dataplane.ServiceFigures;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.ServiceTable;
import io.halcyon.spi.dataplane.Transport;
import io.halcyon.spi.dataplane.VirtualService;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A data plane between a client and three servers, and what its tests say in a word. */
@InNetworkNamespace
@Timeout(180)
@SuppressWarnings("NullAway.Init") // JUnit calls setUp first.
abstract class DataplaneFixture {

    static final int PORT_OF_SERVICE = 80;
    static final InetAddress ANY = new InetSocketAddress(0).getAddress();

    ServerFarm farm;
    DataplaneRecorder heard;
    ServiceTable table;

    /** A new one, as after a restart, in the calling thread's namespace. */
    protected abstract Dataplane dataplane();

    /** How packets reach servers here. */
    protected Forwarding forwarding() {
        return new Forwarding.Nat(false);
    }

    @BeforeEach
    void setUp() throws Exception {
        farm = new ServerFarm();
        open();
    }

    @AfterEach
    void tearDown() {
        table.close();
        farm.close();
    }

    void open() {
        heard = new DataplaneRecorder();
        table = dataplane().open(heard);
    }

    void put(Desired... services) throws Exception {
        var before = new long[services.length];
        for (int i = 0; i < services.length; i++) {
            before[i] = heard.applied(services[i].service().key());
        }
        table.put(List.of(services));
        for (int i = 0; i < services.length; i++) {
            heard.awaitApplied(services[i].service().key(), before[i]);
        }
    }

    ServiceFigures figures(ServiceKey key) throws IOException {
        return table.figures().stream()
                .filter(figures -> figures.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no figures of " + key));
    }

    /** Counters follow what happened: the kernel's IPVS sums them up every two seconds. */
    void awaitConnections(ServiceKey key, long connections) throws Exception {
        Await.until(
                key + " has had " + connections + " connections",
                inTime(() -> figures(key).counters().connections() == connections));
    }

    void awaitGone(ServiceKey key) throws Exception {
        Await.until(key + " is gone", inTime(() -> table.figures().stream()
                .noneMatch(figures -> figures.key().equals(key))));
    }

    /** A table that does not answer in time may do so the next time. */
    private static Callable<Boolean> inTime(Callable<Boolean> condition) {
        return () -> {
            try {
                return condition.call();
            } catch (IOException late) {
                return false;
            }
        };
    }

    /**
     * Asks until a new connection is refused. A data plane may forget a service in the middle of a handshake: then the client is
     * connected and hears nothing more, or is reset, so nobody converses here.
     */
    void awaitRefused(InetAddress virtual) throws Exception {
        Await.until("connections to " + virtual + " are refused", () -> {
            try {
                farm.connect(virtual, PORT_OF_SERVICE);
                return false;
            } catch (ConnectException refused) {
                return true;
            } catch (SocketException inTheMiddle) {
                return false;
            }
        });
    }

    Map<Integer, String> byClient(int count) throws Exception {
        var servers = new TreeMap<Integer, String>();
        for (int number = 1; number <= count; number++) {
            servers.put(
                    number,
                    farm.ask(Transport.TCP, ServerFarm.clientAddress(number), ServerFarm.virtual(1), PORT_OF_SERVICE));
        }
        return servers;
    }

    Desired service(ServiceKey key, Scheduler scheduler, @Nullable Persistence persistence, int... weights) {
        return new Desired(virtual(key, scheduler, persistence), destinations(PORT, weights), Leaving.KEEP);
    }

    List<Destination> without(int left, int... weights) {
        return destinations(PORT, weights).stream()
                .filter(destination -> !destination.address().equals(ServerFarm.server(left)))
                .toList();
    }

    List<Destination> destinations(int port, int... weights) {
        var all = new ArrayList<Destination>();
        for (int i = 0; i < weights.length; i++) {
            all.add(new Destination(ServerFarm.server(i + 1), port, forwarding(), weights[i], 0, 0));
        }
        return all;
    }

    static VirtualService virtual(ServiceKey key, Scheduler scheduler, @Nullable Persistence persistence) {
        return new VirtualService(key, scheduler, Set.of(), persistence, false);
    }

    static ServiceKey tcp(int number) {
        return new ServiceKey.Addressed(Transport.TCP, ServerFarm.virtual(number), PORT_OF_SERVICE);
    }

    static ServiceKey udp(int number) {
        return new ServiceKey.Addressed(Transport.UDP, ServerFarm.virtual(number), PORT_OF_SERVICE);
    }
}
