package io.halcyon.transport.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.net.MacAddress;
import io.halcyon.linux.socket.PacketFilter;
import io.halcyon.linux.socket.PacketSocket;
import io.halcyon.linux.socket.Poller;
import io.halcyon.linux.socket.RawSocket;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.Channel;
import io.halcyon.spi.transport.ChannelListener;
import io.halcyon.spi.transport.Transport;
import io.halcyon.testkit.ChannelRecorder;
import io.halcyon.testkit.ChannelRecorder.Heard;
import io.halcyon.testkit.TwoHosts;
import io.halcyon.testkit.WireContract;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the kernel and the other host see of a raw channel. */
class RawWireTest extends WireContract {

    private static final String VRRP_GROUP = "120000E0";

    @Override
    protected Transport transport() {
        return new RawTransport();
    }

    @Override
    protected Channel openQuiet(Link link, ChannelListener listener) throws IOException {
        return RawChannel.openQuiet(link, listener);
    }

    @Test
    void otherTrafficWakesNobody() throws Exception {
        PacketFilter ours = PacketFilter.builder().incoming().byteAt(23, 112).oneOfWordsAt(26, List.of(0x0a000002));
        PacketSocket filtered =
                hosts().onRight(() -> PacketSocket.open(hosts().right().index()).listen(PacketSocket.ETH_P_IP, ours));
        try (Channel left = openLeft()) {
            for (int i = 0; i < 100; i++) {
                sendDatagram("10.0.0.2");
            }
            left.send(leftAddress(), MESSAGE);
            // The last frame shows that the others are through.
            left.send(InetAddress.getByName("10.0.0.2"), MESSAGE);
            assertThat(next(filtered).getInt(26)).isEqualTo(0x0a000002);
            assertThat(filtered.receive()).isEqualTo(PacketSocket.NOTHING);
        } finally {
            filtered.close();
        }
    }

    @Test
    void anInterfaceThatIsMadeAgainIsJoinedAndHeardAgain() throws Exception {
        int before = hosts().left().index();
        Channel stale = transport().open(hosts().left(), new ChannelRecorder());
        hosts().makeAgain();
        assertThat(hosts().left().index()).isNotEqualTo(before);
        assertThat(TwoHosts.procNet("igmp")).doesNotContain(VRRP_GROUP);
        assertThatThrownBy(() -> stale.send(leftAddress(), MESSAGE)).isInstanceOf(IOException.class);

        try (Channel left = openLeft();
                Channel right = openRight()) {
            stale.close();
            assertThat(TwoHosts.procNet("igmp")).contains(VRRP_GROUP);
            left.send(leftAddress(), MESSAGE);
            right.send(hosts().right().addresses().get(0).address(), MESSAGE);

            assertThat(rightHears.awaitPacket().source()).isEqualTo(leftAddress());
            assertThat(leftHears.awaitPacket().message()).isEqualTo(ByteBuffer.wrap(MESSAGE));
        }
        assertThat(TwoHosts.procNet("igmp")).doesNotContain(VRRP_GROUP);
    }

    @Test
    void aPacketOfAnotherInterfaceIsAStray() throws Exception {
        // The kernel queues what comes in before the socket is bound; here the reader expects another interface.
        RawSocket socket =
                hosts().onRight(() -> RawSocket.open(112, hosts().right().index()));
        try (Channel left = openLeft()) {
            socket.join((Inet4Address) InetAddress.getByName("224.0.0.18"));
            left.send(leftAddress(), MESSAGE);
            assertThat(new Poller(socket).await(5_000)).isTrue();

            assertThat(new Advertisements(socket, 4_711, rightHears).readOne()).isTrue();

            assertThat(rightHears.heard()).containsExactly(new Heard.Stray("wrong interface"));
        } finally {
            socket.close();
        }
    }

    @Test
    void loopbackIsNotAnnouncedOn() throws Exception {
        Link loopback = new Link("lo", 1, new MacAddress(0), true, true, 65_536, true, List.of());
        try (Channel channel = new RawTransport().open(loopback, leftHears)) {
            channel.announce(List.of(leftAddress()));
            channel.drain();

            assertThat(leftHears.heard()).isEmpty();
        }
    }

    private static ByteBuffer next(PacketSocket wire) throws IOException {
        if (wire.receive() == PacketSocket.NOTHING) {
            assertThat(new Poller(wire).await(5_000)).isTrue();
            wire.receive();
        }
        ByteBuffer data = wire.data();
        byte[] copy = new byte[data.remaining()];
        data.get(copy);
        return ByteBuffer.wrap(copy);
    }
}
