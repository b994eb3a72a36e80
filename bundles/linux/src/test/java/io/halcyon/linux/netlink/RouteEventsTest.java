package io.halcyon.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.testkit.Command;
import io.halcyon.testkit.InNetworkNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@InNetworkNamespace
class RouteEventsTest {

    private static final class Heard implements RouteEvents.Listener {

        final List<String> all = new ArrayList<>();
        boolean links;

        @Override
        public void onLink(KernelLink link) {
            links = true;
        }

        @Override
        public void onLinkGone(KernelLink link) {}

        @Override
        public void onAddress(KernelAddress address) {
            all.add("+" + address.address().getHostAddress());
        }

        @Override
        public void onAddressGone(KernelAddress address) {
            all.add("-" + address.address().getHostAddress());
        }

        @Override
        public void onOverrun() {
            all.add("overrun");
        }
    }

    private static Change address(String text) throws IOException {
        KernelAddress.Key key = new KernelAddress.Key(RouteRequests.indexOf("lo"), InetAddress.getByName(text), 32);
        return new Change.PutAddress(
                Change.Mode.ADD,
                key,
                0,
                0,
                KernelAddress.HALCYON,
                "lo",
                null,
                KernelAddress.FOREVER,
                KernelAddress.FOREVER);
    }

    @Test
    void whatIsIgnoredIsWhatOnePortDidAndNothingElse() throws IOException {
        try (RouteEvents events = RouteEvents.open(RouteEvents.RECEIVE_BUFFER_BYTES);
                RouteRequests ours = RouteRequests.open();
                RouteRequests others = RouteRequests.open()) {
            events.ignore(ours);

            assertThat(ours.apply(List.of(address("10.0.0.1"), address("10.0.0.2"))))
                    .isEmpty();
            assertThat(others.apply(List.of(address("10.0.0.3")))).isEmpty();
            Command.line("ip addr add 10.0.0.4/32 dev lo");
            Command.line("ip addr del 10.0.0.1/32 dev lo");

            Heard heard = new Heard();
            events.drain(heard);
            assertThat(heard.all).containsExactly("+10.0.0.3", "+10.0.0.4", "-10.0.0.1");
        }
    }

    @Test
    void newsOfOurAddressesCanBeLeftOut() throws IOException {
        try (RouteEvents events = RouteEvents.open(RouteEvents.RECEIVE_BUFFER_BYTES);
                RouteRequests ours = RouteRequests.open()) {
            events.ignoreOurs();

            Command.line("ip addr add 10.0.0.1/32 dev lo");
            assertThat(ours.apply(List.of(address("10.0.0.2")))).isEmpty();
            Command.line("ip addr del 10.0.0.2/32 dev lo");
            Command.line("ip addr del 10.0.0.1/32 dev lo");
            Command.line("ip link set lo down");

            Heard heard = new Heard();
            events.drain(heard);
            assertThat(heard.all).startsWith("+10.0.0.1", "-10.0.0.1").doesNotContain("+10.0.0.2", "-10.0.0.2");
            assertThat(heard.links).isTrue();
        }
    }
}
