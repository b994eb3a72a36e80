package io.halcyon.lvs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.spi.dataplane.Dataplane;
import io.halcyon.spi.dataplane.DataplaneListener;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.Options;
import io.halcyon.spi.dataplane.Scheduler;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.ServiceTable;
import io.halcyon.spi.dataplane.SyncDaemon;
import io.halcyon.spi.dataplane.Transport;
import io.halcyon.spi.dataplane.VirtualService;
import io.halcyon.testkit.Await;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tables on the real loop, against a kernel that is a map. */
@Timeout(30)
class TablesTest implements Table.Reports {

    private static final ServiceKey WEB = key("192.0.2.1");
    private static final ServiceKey MAIL = key("192.0.2.2");
    private static final ServiceKey LEFT = key("192.0.2.3");

    @TempDir
    Path data;

    private final MemoryDataplane.Kernel kernel = new MemoryDataplane.Kernel();
    private final BlockingQueue<String> reports = new LinkedBlockingQueue<>();
    private final Dataplanes planes = new Dataplanes();
    private final LvsLoop loop = new LvsLoop();
    private final AtomicInteger turns = new AtomicInteger();
    private MemoryDataplane plane = new MemoryDataplane("memory", 1, kernel);
    private Tables tables;

    @BeforeEach
    void start() {
        planes.add(plane);
        tables = new Tables(planes, loop, new UsedPlanes(data.resolve("used")), this);
        loop.start(() -> {
            tables.flush();
            turns.incrementAndGet();
        });
    }

    @AfterEach
    void stop() {
        onTheLoop(() -> tables.close(false));
        loop.close();
    }

    @Test
    void aTableIsOpenedWhenSomebodyNeedsIt() throws Exception {
        onTheLoop(() -> tables.options(Options.NONE));
        assertThat(plane.open).isFalse();

        put("web", WEB, 1);

        assertThat(reports.poll(5, TimeUnit.SECONDS)).isEqualTo("web applied [192.0.2.1]:tcp:80");
    }

    @Test
    void whatHappensInOneTurnIsOneOrder() throws Exception {
        onTheLoop(() -> {
            tables.put("memory", "web", desired(WEB, 1));
            tables.put("memory", "mail", desired(MAIL, 1));
            tables.put("memory", "web", desired(WEB, 2));
        });

        Await.until("both are there", () -> kernel.services.size() == 2);
        assertThat(kernel.orders).containsExactly("put [192.0.2.1]:tcp:80 [192.0.2.2]:tcp:80");
        assertThat(kernel.weights(WEB)).containsEntry("[10.0.0.1]:80", 2);
    }

    @Test
    void whatIsWantedAlreadyIsNoOrder() throws Exception {
        put("web", WEB, 1);
        put("web", WEB, 1);
        put("mail", MAIL, 1);

        Await.until("both are there", () -> kernel.services.size() == 2);
        assertThat(kernel.orders).containsExactly("put [192.0.2.1]:tcp:80", "put [192.0.2.2]:tcp:80");
    }

    @Test
    void anUpdateOfADataPlaneLeavesTheKernelAndAsksForAllOfItAgain() throws Exception {
        put("web", WEB, 1);
        put("mail", MAIL, 1);
        onTheLoop(tables::settle);
        Await.until("it is settled", () -> kernel.orders.contains("settle "));
        kernel.orders.clear();

        var old = plane;
        planes.remove(old);
        onTheLoop(() -> tables.went(old));
        assertThat(old.open).isFalse();
        assertThat(kernel.services).containsOnlyKeys(WEB, MAIL);
        onTheLoop(() -> {
            tables.put("memory", "web", desired(WEB, 5));
            tables.remove("memory", "mail", MAIL);
        });
        bring(new MemoryDataplane("memory", 1, kernel));

        Await.until("mail is gone", () -> kernel.services.size() == 1);
        assertThat(kernel.orders).containsExactly("put [192.0.2.1]:tcp:80", "settle [192.0.2.2]:tcp:80");
        assertThat(kernel.weights(WEB)).containsEntry("[10.0.0.1]:80", 5);
    }

    @Test
    void aNewVersionThatComesBeforeTheOldOneGoesWaitsForIt() throws Exception {
        put("web", WEB, 1);
        var old = plane;
        var next = new MemoryDataplane("memory", 1, kernel);
        bring(next);
        assertThat(next.open).isFalse();

        planes.remove(old);
        onTheLoop(() -> tables.went(old));

        Await.until("it is asked again", () -> kernel.orders.size() == 2);
        assertThat(next.open).isTrue();
        assertThat(kernel.orders).containsExactly("put [192.0.2.1]:tcp:80", "put [192.0.2.1]:tcp:80");
    }

    @Test
    void aServiceThatChangesHandsIsNotTakenAway() throws Exception {
        put("web", WEB, 1);
        onTheLoop(() -> {
            tables.remove("memory", "web", WEB);
            tables.put("memory", "www", desired(WEB, 1));
        });
        onTheLoop(() -> tables.remove("memory", "web", WEB));
        put("mail", MAIL, 1);

        Await.until("all is done", () -> kernel.services.containsKey(MAIL));
        assertThat(kernel.orders)
                .containsExactly("put [192.0.2.1]:tcp:80", "put [192.0.2.1]:tcp:80", "put [192.0.2.2]:tcp:80");
    }

    @Test
    void whatItsOwnerTakesAwayAndPutsIsMadeAnew() throws Exception {
        put("web", WEB, 1);
        onTheLoop(() -> {
            tables.remove("memory", "web", WEB);
            tables.put("memory", "web", desired(WEB, 1));
        });

        Await.until("it is there again", () -> kernel.orders.size() == 3);
        assertThat(kernel.orders)
                .containsExactly("put [192.0.2.1]:tcp:80", "remove [192.0.2.1]:tcp:80", "put [192.0.2.1]:tcp:80");
    }

    @Test
    void whoseConnectionsAreToEndIsNotForgottenWithinATurn() throws Exception {
        put(Desired.Leaving.KEEP, 1, 2, 3);
        onTheLoop(() -> {
            tables.put("memory", "web", leaving(Desired.Leaving.END, 2, 3));
            tables.put("memory", "web", leaving(Desired.Leaving.KEEP, 3));
        });

        awaitDestinations(3);
        assertThat(kernel.ended).containsExactly("[10.0.0.1]:80");
    }

    @Test
    void whoseConnectionsGoOnIsNotForgottenWithinATurn() throws Exception {
        put(Desired.Leaving.KEEP, 1, 2, 3);
        onTheLoop(() -> {
            tables.put("memory", "web", leaving(Desired.Leaving.KEEP, 2, 3));
            tables.put("memory", "web", leaving(Desired.Leaving.END, 3));
        });

        awaitDestinations(3);
        assertThat(kernel.ended).containsExactly("[10.0.0.2]:80");
    }

    @Test
    void whoseConnectionsAreToEndIsNotForgottenWhileTheDataPlaneIsAway() throws Exception {
        put(Desired.Leaving.KEEP, 1, 2, 3);
        awaitDestinations(1, 2, 3);
        var old = plane;
        planes.remove(old);
        onTheLoop(() -> tables.went(old));
        put(Desired.Leaving.END, 2, 3);
        put(Desired.Leaving.KEEP, 3);

        bring(new MemoryDataplane("memory", 1, kernel));

        awaitDestinations(3);
        assertThat(kernel.ended).containsExactly("[10.0.0.1]:80");
    }

    @Test
    void connectionsThatEndedDoNotTakeLaterOnesWithThem() throws Exception {
        put(Desired.Leaving.KEEP, 1, 2, 3);
        put(Desired.Leaving.END, 2, 3);
        awaitDestinations(2, 3);
        put(Desired.Leaving.KEEP, 3);
        awaitDestinations(3);
        put(Desired.Leaving.KEEP, 1, 3);
        put(Desired.Leaving.KEEP, 3);

        awaitDestinations(3);
        Await.until("all is told", () -> kernel.orders.size() == 5);
        assertThat(kernel.ended).containsExactly("[10.0.0.1]:80");
    }

    @Test
    void whoIsBackBeforeAnybodyWasToldStaysWithItsConnections() throws Exception {
        put(Desired.Leaving.KEEP, 1, 2);
        onTheLoop(() -> {
            tables.put("memory", "web", leaving(Desired.Leaving.END, 2));
            tables.put("memory", "web", leaving(Desired.Leaving.KEEP, 1, 2));
        });
        put(Desired.Leaving.KEEP, 2);

        awaitDestinations(2);
        assertThat(kernel.ended).isEmpty();
    }

    @Test
    void leftOversGoAfterAllIsPut() throws Exception {
        kernel.services.put(LEFT, desired(LEFT, 1));
        onTheLoop(() -> {
            tables.settle();
            tables.put("memory", "web", desired(WEB, 1));
        });

        Await.until("what was left is gone", () -> !kernel.services.containsKey(LEFT));
        assertThat(kernel.orders).containsExactly("put [192.0.2.1]:tcp:80", "settle [192.0.2.3]:tcp:80");
    }

    @Test
    void leftOversOfADataPlaneThatAnEarlierRunUsedGoAlthoughNobodyAsksForIt() throws Exception {
        put("web", WEB, 1);
        onTheLoop(() -> tables.close(false));
        assertThat(kernel.services).containsKey(WEB);

        var next = new Tables(planes, loop, new UsedPlanes(data.resolve("used")), this);
        onTheLoop(() -> {
            next.settle();
            next.flush();
        });

        Await.until("web is gone", () -> kernel.services.isEmpty());
        onTheLoop(() -> next.close(false));
    }

    @Test
    void aDataPlaneThatWasNeverUsedIsNeverTouched() {
        kernel.services.put(LEFT, desired(LEFT, 1));

        onTheLoop(tables::settle);

        assertThat(plane.open).isFalse();
        assertThat(kernel.services).containsKey(LEFT);
    }

    @Test
    void aDataPlaneThatIsNotThereYetIsToldEverythingLater() throws Exception {
        planes.remove(plane);
        put("web", WEB, 1);
        onTheLoop(() -> {
            tables.options(new Options(5, 0, 0, false, false, false));
            assertThat(tables.isOpen("memory")).isFalse();
        });

        bring(plane);

        Await.until("web is there", () -> kernel.services.containsKey(WEB));
        assertThat(kernel.options.tcpSeconds()).isEqualTo(5);
    }

    @Test
    void synchronizationAloneOpensATable() throws Exception {
        var daemon = new SyncDaemon(SyncDaemon.Role.BACKUP, "eth1", 0, 0, null, 0, 0);

        onTheLoop(() -> tables.synchronize(Set.of(daemon)));

        Await.until("it learns", () -> kernel.daemons.equals(Set.of(daemon)));
    }

    @Test
    void whatFailsIsTold() throws Exception {
        plane.failure = "no room";

        put("web", WEB, 1);

        assertThat(reports.poll(5, TimeUnit.SECONDS)).isEqualTo("web failed [192.0.2.1]:tcp:80 no room");
    }

    @Test
    void aDataPlaneThatThrowsHarmsNoOther() throws Exception {
        planes.add(new Broken());
        onTheLoop(() -> {
            tables.put("broken", "mail", desired(MAIL, 1));
            tables.put("memory", "web", desired(WEB, 1));
        });

        Await.until("web is there", () -> kernel.services.containsKey(WEB));
    }

    @Test
    void theKernelIsEmptiedWhereThatIsAsked() {
        put("web", WEB, 1);

        onTheLoop(() -> tables.close(true));

        assertThat(kernel.services).isEmpty();
        assertThat(plane.open).isFalse();
    }

    private void put(String owner, ServiceKey key, int weight) {
        onTheLoop(() -> tables.put("memory", owner, desired(key, weight)));
    }

    private void bring(MemoryDataplane next) {
        planes.add(next);
        plane = next;
        onTheLoop(() -> tables.came("memory"));
    }

    /** Returns at the end of the turn. */
    private void onTheLoop(Runnable what) {
        int turn = Answers.of(loop.ask(() -> {
            what.run();
            return turns.get();
        }));
        while (turns.get() == turn) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void applied(String owner, ServiceKey key) {
        reports.add(owner + " applied " + key);
    }

    @Override
    public void failed(String owner, ServiceKey key, String reason) {
        reports.add(owner + " failed " + key + ' ' + reason);
    }

    @Override
    public void repaired(String owner, ServiceKey key, String what) {
        reports.add(owner + " repaired " + key + ' ' + what);
    }

    private static ServiceKey key(String address) {
        return new ServiceKey.Addressed(Transport.TCP, address(address), 80);
    }

    private static Desired desired(ServiceKey key, int weight) {
        return new Desired(
                new VirtualService(key, Scheduler.RR, Set.of(), null, false),
                List.of(new Destination(address("10.0.0.1"), 80, new Forwarding.Nat(false), weight, 0, 0)),
                Desired.Leaving.KEEP);
    }

    /** With these destinations. */
    private static Desired leaving(Desired.Leaving leaving, int... hosts) {
        var destinations = Arrays.stream(hosts)
                .mapToObj(host -> new Destination(address("10.0.0." + host), 80, new Forwarding.Nat(false), 1, 0, 0))
                .toList();
        return new Desired(desired(WEB, 1).service(), destinations, leaving);
    }

    private void put(Desired.Leaving leaving, int... hosts) {
        onTheLoop(() -> tables.put("memory", "web", leaving(leaving, hosts)));
    }

    private void awaitDestinations(int... hosts) throws Exception {
        var labels = Arrays.stream(hosts)
                .mapToObj(host -> "[10.0.0." + host + "]:80")
                .toList();
        Await.until("destinations", () -> kernel.weights(WEB).keySet().equals(Set.copyOf(labels)));
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Broken implements Dataplane {
        @Override
        public String name() {
            return "broken";
        }

        @Override
        public int preference() {
            return 1;
        }

        @Override
        public List<String> refusals(Desired desired) {
            return List.of();
        }

        @Override
        public ServiceTable open(DataplaneListener listener) {
            throw new IllegalStateException("no kernel at all");
        }
    }
}
