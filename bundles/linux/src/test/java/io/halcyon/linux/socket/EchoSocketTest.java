package io.halcyon.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;
import io.halcyon.linux.socket.EchoSocket.Family;
import io.halcyon.linux.socket.EchoSocket.Way;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.InNetworkNamespace;
import io.halcyon.testkit.Ipv6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@InNetworkNamespace
class EchoSocketTest {

    private static final int PATIENCE_MILLIS = 5_000;

    @ParameterizedTest
    @CsvSource({"IPV4, 127.0.0.1, 0", "IPV6, ::1, 129"})
    void theKernelAnswersAndRequestsAreNotHeard(Family family, String host, int reply) throws Exception {
        InetAddress address = InetAddress.getByName(host);
        try (EchoSocket socket = EchoSocket.open(family)) {
            assertThat(socket.receive()).isEqualTo(EchoSocket.NOTHING);

            socket.send(request(family), Way.to(address));

            assertThat(new Poller(socket).await(PATIENCE_MILLIS)).isTrue();
            assertThat(socket.receive()).isEqualTo(12);
            assertThat(socket.data().get(socket.data().position()) & 0xff).isEqualTo(reply);
            assertThat(socket.data().getInt(socket.data().position() + 8)).isEqualTo(0x01020304);
            assertThat(socket.sender()).isEqualTo(address);
            assertThat(socket.receive()).isEqualTo(EchoSocket.NOTHING);
        }
    }

    @ParameterizedTest
    @CsvSource({"IPV4, 127.0.0.1, 127.0.0.9", "IPV6, ::1, 2001:db8::9"})
    void theWayDecidesAboutInterfaceAndSource(Family family, String host, String source) throws Exception {
        InetAddress address = InetAddress.getByName(host);
        InetAddress any = Way.any(family);
        Ipv6Address.add("2001:db8::9/128", "lo");
        try (EchoSocket socket = EchoSocket.open(family)) {
            socket.send(
                    request(family), new Way(InetAddress.getByName(source), "lo", InetAddress.getByName(source), 0));
            assertThat(new Poller(socket).await(PATIENCE_MILLIS)).isTrue();
            assertThat(socket.receive()).isPositive();
            assertThat(socket.sender()).isEqualTo(InetAddress.getByName(source));

            assertErrno(Errno.ENODEV, socket, family, new Way(address, "eth99", any, 0));
        }
    }

    @ParameterizedTest
    @CsvSource({"IPV4, 127.0.0.1", "IPV6, ::1"})
    void theMarkIsSeenByTheFirewall(Family family, String host) throws Exception {
        Command.run("nft", "table inet t { chain out { type filter hook output priority 0; meta mark 7 drop; }; }");
        InetAddress address = InetAddress.getByName(host);
        try (EchoSocket socket = EchoSocket.open(family)) {
            socket.send(request(family), new Way(address, "", Way.any(family), 8));
            assertErrno(Errno.EPERM, socket, family, new Way(address, "", Way.any(family), 7));
        }
    }

    @Test
    void sendingOnAClosedSocketFails() throws Exception {
        EchoSocket socket = EchoSocket.open(Family.IPV4);
        socket.close();

        assertErrno(Errno.EBADF, socket, Family.IPV4, Way.to(InetAddress.getLoopbackAddress()));
    }

    private static void assertErrno(int errno, EchoSocket socket, Family family, Way way) {
        assertThatThrownBy(() -> socket.send(request(family), way))
                .isInstanceOfSatisfying(LinuxException.class, failure -> assertThat(failure.errno())
                        .isEqualTo(errno));
    }

    /** Identifier and sequence number 0, data 01020304; the kernel does the checksum of IPv6. */
    private static ByteBuffer request(Family family) {
        return family == Family.IPV6
                ? ByteBuffer.allocate(12).put((byte) 128).putInt(8, 0x01020304).rewind()
                : ByteBuffer.allocate(12)
                        .putInt(0x0800f3f9)
                        .putInt(8, 0x01020304)
                        .rewind();
    }
}
