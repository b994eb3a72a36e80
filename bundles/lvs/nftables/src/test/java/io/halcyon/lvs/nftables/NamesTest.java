package io.halcyon.lvs.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.Transport;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @Test
    void whatAnEarlierRunMadeIsFoundByItsName() throws Exception {
        var keys = List.of(
                new ServiceKey.Addressed(Transport.TCP, InetAddress.getByName("192.0.2.1"), 80),
                new ServiceKey.Addressed(Transport.UDP, InetAddress.getByName("2001:db8::1"), 53),
                new ServiceKey.Addressed(Transport.SCTP, InetAddress.getByName("192.0.2.1"), 0),
                new ServiceKey.Marked(5, false),
                new ServiceKey.Marked(Integer.MAX_VALUE, true));
        for (var key : keys) {
            assertThat(Names.owner(Names.chooser(key))).isEqualTo(new Names.Owner(key, null, 0));
            for (var server : List.of("10.1.0.1", "fd00::1")) {
                var destination =
                        new Destination(InetAddress.getByName(server), 8080, new Forwarding.Nat(false), 1, 0, 0);
                var owner = new Names.Owner(key, destination.address(), 8080);
                assertThat(Names.owner(Names.leader(key, destination))).isEqualTo(owner);
                assertThat(Names.owner(Names.clients(key, destination))).isEqualTo(owner);
                assertThat(Names.owner(Names.counter(key, destination))).isEqualTo(owner);
            }
        }
    }

    @Test
    void aNameFitsWhateverItNames() throws Exception {
        var longest = InetAddress.getByName("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
        var name = Names.leader(
                new ServiceKey.Addressed(Transport.SCTP, longest, 65535),
                new Destination(longest, 65535, new Forwarding.Nat(false), 1, 0, 0));

        assertThat(name.length()).as("NFT_NAME_MAXLEN").isLessThan(256);
        assertThat(name).matches("[a-z][a-z0-9._-]*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "choose",
                "s-tcp-192.0.2-80",
                "s-tcp-192.0.2.256-80",
                "s-tcp-some.host-80",
                "s-tcp-192.0.2.1-99999999999",
                "x-tcp-192.0.2.1-80",
                "s-fwm5-1",
                "my-chain"
            })
    void whatIsNotOursBelongsToNobody(String name) {
        assertThat(Names.owner(name)).isNull();
    }
}
