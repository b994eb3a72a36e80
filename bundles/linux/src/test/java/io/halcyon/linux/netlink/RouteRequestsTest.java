package io.halcyon.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.linux.Clock;
import io.halcyon.linux.Errno;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.InNetworkNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@InNetworkNamespace
class RouteRequestsTest {

    private static final int ADDRESSES = 600;

    @Test
    void tellsExactlyWhichChangesOfABatchFailed() throws IOException {
        try (RouteRequests requests = RouteRequests.open()) {
            expectEveryThirdToBeRefused(requests);
        }
    }

    @Test
    void losesNoErrorAlthoughTheKernelHasNoRoomForAnswers() throws IOException {
        // 2 KiB are less than what 83 refusals of one batch need.
        try (RouteRequests requests = RouteRequests.open(2_048)) {
            expectEveryThirdToBeRefused(requests);
        }
    }

    @Test
    void saysWhatTheKernelSays() throws IOException {
        try (RouteRequests requests = RouteRequests.open()) {
            List<Refused> refused = requests.apply(List.of(put(RouteRequests.indexOf("lo"), "::", 128)));

            assertThat(refused).containsExactly(new Refused(0, Errno.EADDRNOTAVAIL, "ipv6: Invalid address"));
        }
    }

    @Test
    void readsBackWhatItPut() throws IOException {
        Command.line("ip link add v0 type veth peer name v1");
        int index = RouteRequests.indexOf("v0");
        InetAddress broadcast = InetAddress.getByName("10.0.0.255");
        KernelAddress.Key key = new KernelAddress.Key(index, InetAddress.getByName("10.0.0.9"), 24);
        try (RouteRequests requests = RouteRequests.open()) {
            assertThat(requests.apply(List.of(new Change.PutAddress(
                            Change.Mode.ADD, key, 253, 0, KernelAddress.HALCYON, "v0:x", broadcast, 50, 100))))
                    .isEmpty();

            KernelAddress found = requests.addresses().stream()
                    .filter(address -> address.index() == index)
                    .findFirst()
                    .orElseThrow();

            assertThat(found)
                    .isEqualTo(new KernelAddress(
                            index,
                            key.address(),
                            24,
                            253,
                            0,
                            KernelAddress.HALCYON,
                            "v0:x",
                            broadcast,
                            50,
                            100,
                            found.stampCentis()));
            assertThat(found.ageNanos(Clock.tickCentis().orElseThrow())).isLessThan(2_000_000_000L);
            assertThat(requests.links())
                    .filteredOn(link -> link.name().equals("v0"))
                    .singleElement()
                    .satisfies(link -> assertThat(link.mtu()).isEqualTo(1500));
        }
    }

    private static void expectEveryThirdToBeRefused(RouteRequests requests) throws IOException {
        int lo = RouteRequests.indexOf("lo");
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < ADDRESSES; i++) {
            changes.add(put(i % 3 == 2 ? 9_999 : lo, "10.0." + i / 250 + "." + (i % 250 + 1), 32));
        }

        List<Refused> refused = requests.apply(changes);

        assertThat(refused)
                .filteredOn(one -> one.errno() == Errno.ENODEV)
                .extracting(Refused::position)
                .containsExactlyElementsOf(IntStream.range(0, ADDRESSES)
                        .filter(i -> i % 3 == 2)
                        .boxed()
                        .toList());
        assertThat(requests.addresses())
                .filteredOn(address -> address.prefixLength() == 32)
                .hasSize(ADDRESSES * 2 / 3);
    }

    private static Change put(int index, String address, int prefixLength) {
        try {
            KernelAddress.Key key = new KernelAddress.Key(index, InetAddress.getByName(address), prefixLength);
            return new Change.PutAddress(Change.Mode.ADD, key, 0, 0, KernelAddress.HALCYON, null, null, 60, 60);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
