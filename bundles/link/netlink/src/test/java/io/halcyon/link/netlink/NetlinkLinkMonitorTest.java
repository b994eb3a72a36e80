package io.halcyon.link.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.linux.netlink.Change;
import io.halcyon.linux.netlink.KernelAddress;
import io.halcyon.linux.netlink.RouteRequests;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.link.LinkListener;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.InNetworkNamespace;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@InNetworkNamespace
class NetlinkLinkMonitorTest {

    private NetlinkLinkMonitor monitor;
    private final Recorder recorder = new Recorder();

    @BeforeEach
    void start() throws Exception {
        monitor = new NetlinkLinkMonitor(4096);
        monitor.watch(recorder);
    }

    @AfterEach
    void stop() throws Exception {
        monitor.close();
    }

    @Test
    void tellsFirstOfWhatThereIs() {
        assertThat(monitor.links()).singleElement().satisfies(lo -> {
            assertThat(lo.name()).isEqualTo("lo");
            assertThat(lo.running()).isTrue();
            assertThat(lo.addresses())
                    .extracting(address -> address.address().getHostAddress())
                    .contains("127.0.0.1");
        });
        assertThat(recorder.seen).extracting(Event::name).containsExactly("lo");
    }

    @Test
    void tellsOfCarrierMtuMacAndName() throws Exception {
        Command.line("ip link add v0 type veth peer name v1");
        recorder.awaitLink("v0", link -> !link.up() && !link.carrier());
        Command.line("ip link set v0 up");
        recorder.awaitLink("v0", link -> link.up() && !link.carrier());
        Command.line("ip link set v1 up");
        recorder.awaitLink("v0", Link::running);
        Command.line("ip link set v1 down");
        recorder.awaitLink("v0", link -> link.up() && !link.carrier());
        Command.line("ip link set v0 mtu 1400");
        recorder.awaitLink("v0", link -> link.mtu() == 1400);
        Command.line("ip link set v0 address 02:00:00:00:00:07");
        recorder.awaitLink("v0", link -> link.mac().toString().equals("02:00:00:00:00:07"));

        Command.line("ip link set v0 down");
        Command.line("ip link set v0 name w0");

        recorder.awaitGone("v0");
        recorder.awaitLink("w0", link -> link.mtu() == 1400);
        assertThat(monitor.links()).extracting(Link::name).containsExactlyInAnyOrder("lo", "w0", "v1");
    }

    @Test
    void tellsOfAnInterfaceThatIsMadeAgain() throws Exception {
        Command.line("ip link add v0 type veth peer name v1");
        int before = recorder.awaitLink("v0", link -> true).index();

        Command.line("ip link del v0");
        recorder.awaitGone("v0");
        Command.line("ip link add v0 type veth peer name v1");

        assertThat(recorder.awaitLink("v0", link -> true).index()).isNotEqualTo(before);
    }

    @Test
    void keepsTheKernelsOrderOfAddressesAndLeavesOutOurs() throws Exception {
        Command.line("ip link add v0 type veth peer name v1");
        Command.line("ip addr add 10.0.0.1/24 dev v0");
        addOurs("v0", "10.0.0.9", 24);
        Command.line("ip addr add 10.0.0.5/24 dev v0");
        Command.line("ip addr add 10.1.0.1/24 dev v0");

        Link link = recorder.awaitLink("v0", found -> found.addresses().size() == 3);

        assertThat(link.addresses())
                .extracting(address -> address.address().getHostAddress())
                .containsExactly("10.0.0.1", "10.1.0.1", "10.0.0.5");
        assertThat(link.addresses()).extracting(Link.Address::ours).containsOnly(false);
        assertThat(link.addresses()).extracting(Link.Address::permanent).containsOnly(true);
        Command.line("ip addr del 10.1.0.1/24 dev v0");
        recorder.awaitLink("v0", found -> found.addresses().size() == 2);
    }

    @Test
    void doesNotTellOfRenewedLeases() throws Exception {
        Command.line("ip link add v0 type veth peer name v1");
        Command.line("ip addr add 10.0.0.9/24 dev v0 valid_lft 100 preferred_lft 100");
        recorder.awaitLink("v0", link -> link.addresses().size() == 1);
        recorder.seen.clear();

        Command.line("ip addr replace 10.0.0.9/24 dev v0 valid_lft 50 preferred_lft 50");
        Command.line("ip link set v0 mtu 1400");

        recorder.awaitLink("v0", link -> link.mtu() == 1400);
        assertThat(recorder.all)
                .filteredOn(event -> event.link != null && event.link.mtu() == 1500)
                .filteredOn(event ->
                        event.name.equals("v0") && event.link.addresses().size() == 1)
                .hasSize(1);
    }

    @Test
    void leavesOutAddressesThatAreStillBeingChecked() throws Exception {
        Command.line("ip link add v0 up type veth peer name v1");
        Command.line("ip link set v1 up");
        recorder.awaitLink("v0", Link::running);

        Command.line("ip addr add 2001:db8::1/64 dev v0");

        Predicate<Link> has = link -> link.addresses().stream()
                .anyMatch(address -> address.address().getHostAddress().startsWith("2001:db8"));
        recorder.awaitLink("v0", has);
        assertThat(Command.line("ip -6 addr show dev v0 to 2001:db8::1")).doesNotContain("tentative");
    }

    @Test
    void seesEverythingAlthoughTheKernelHadToDropEvents() throws Exception {
        CountDownLatch finished = new CountDownLatch(1);
        monitor.watch(new Stalling(finished));
        Path batch = Files.createTempFile("links", ".batch");
        Files.write(
                batch,
                IntStream.range(0, 200)
                        .mapToObj(i -> "link add d" + i + " type veth peer name e" + i)
                        .toList());

        // The monitor stands still at the first of 400 interfaces; a buffer of 4 KiB holds events of a few.
        Command.run("ip", "-batch", batch.toString());
        finished.countDown();

        recorder.awaitLinks(401);
        assertThat(monitor.overruns()).isPositive();
        assertThat(monitor.links()).hasSize(401);
        Files.delete(batch);
    }

    @Test
    void tellsOfPromoteSecondaries() throws Exception {
        Command.line("ip link add v0 type veth peer name v1");
        recorder.awaitLink("v0", link -> !link.promoteSecondaries());

        Command.line("sysctl -qw net.ipv4.conf.v0.promote_secondaries=1");
        Command.line("ip link set v0 mtu 1400");

        recorder.awaitLink("v0", Link::promoteSecondaries);
    }

    @Test
    void aClosedSubscriptionHearsNothingAndABrokenListenerHurtsNobody() throws Exception {
        monitor.watch(new LinkListener() {
            @Override
            public void onLink(Link link) {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public void onLinkGone(String name, int index) {}
        });
        Recorder second = new Recorder();
        monitor.watch(second).close();
        int heard = second.seen.size();

        Command.line("ip link add v0 type veth peer name v1");

        recorder.awaitLink("v0", link -> true);
        assertThat(second.seen).hasSize(heard);
    }

    private static void addOurs(String link, String address, int prefixLength) throws Exception {
        try (RouteRequests requests = RouteRequests.open()) {
            KernelAddress.Key key =
                    new KernelAddress.Key(RouteRequests.indexOf(link), InetAddress.getByName(address), prefixLength);
            assertThat(requests.apply(List.of(new Change.PutAddress(
                            Change.Mode.ADD, key, 0, 0, KernelAddress.HALCYON, null, null, 100, 100))))
                    .isEmpty();
        }
    }

    /** Holds the monitor's thread at the first new interface. */
    private record Stalling(CountDownLatch finished) implements LinkListener {
        @Override
        public void onLink(Link link) {
            if (!link.name().equals("lo")) {
                try {
                    finished.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public void onLinkGone(String name, int index) {}
    }

    private record Event(String name, Link link) {}

    private static final class Recorder implements LinkListener {
        private final BlockingQueue<Event> seen = new LinkedBlockingQueue<>();
        private final List<Event> all = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void onLink(Link link) {
            add(new Event(link.name(), link));
        }

        @Override
        public void onLinkGone(String name, int index) {
            add(new Event(name, null));
        }

        private void add(Event event) {
            all.add(event);
            seen.add(event);
        }

        Link awaitLink(String name, Predicate<Link> wanted) throws InterruptedException {
            return await(event -> event.name.equals(name) && event.link != null && wanted.test(event.link)).link;
        }

        void awaitGone(String name) throws InterruptedException {
            await(event -> event.name.equals(name) && event.link == null);
        }

        void awaitLinks(int count) throws InterruptedException {
            Set<String> names = new HashSet<>();
            await(event -> names.add(event.name) && names.size() == count);
        }

        private Event await(Predicate<Event> wanted) throws InterruptedException {
            Optional<Event> found = Optional.empty();
            while (found.isEmpty()) {
                Event event = seen.poll(5, TimeUnit.SECONDS);
                assertThat(event)
                        .as("event in time, last heard of %s", all.get(all.size() - 1))
                        .isNotNull();
                found = Optional.of(event).filter(wanted);
            }
            return found.get();
        }
    }
}
