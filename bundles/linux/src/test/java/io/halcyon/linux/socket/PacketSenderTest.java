package io.halcyon.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.linux.LinuxException;
import io.halcyon.linux.NetworkNamespace;
import io.halcyon.linux.frame.TcpQuestion;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("lab")
class PacketSenderTest {

    private static final int UDP = 17;
    private static final byte[] WORD = "hello".getBytes(StandardCharsets.US_ASCII);

    private NetworkNamespace.Stay stay;

    @BeforeEach
    void enter() throws Exception {
        stay = NetworkNamespace.enterNew();
        assertThat(new ProcessBuilder("ip", "link", "set", "lo", "up").start().waitFor())
                .isZero();
    }

    @AfterEach
    void leave() {
        stay.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void sendsWhatItIsGivenHeaderIncluded(String address) throws IOException {
        var here = InetAddress.getByName(address);
        boolean ipv6 = here.getAddress().length > 4;
        try (var receiver = new DatagramSocket(0, here);
                var sender = PacketSender.open(ipv6)) {
            receiver.setSoTimeout(5_000);

            sender.send(datagram(here, receiver.getLocalPort()), here);

            var received = new DatagramPacket(new byte[64], 64);
            receiver.receive(received);
            assertThat(received.getPort()).isEqualTo(7);
            assertThat(new String(received.getData(), 0, received.getLength(), StandardCharsets.US_ASCII))
                    .isEqualTo("hello");
        }
    }

    @Test
    void saysWhereItCannotSend() throws IOException {
        var nowhere = InetAddress.getByName("192.0.2.1");
        try (var sender = PacketSender.open(false)) {
            assertThatThrownBy(() -> sender.send(TcpQuestion.of(nowhere, 1, nowhere, 2, 3), nowhere))
                    .isInstanceOf(LinuxException.class)
                    .hasMessageContaining("ENETUNREACH");
        }
    }

    /** From port 7, as any question but with another protocol and payload; IPv6 wants a checksum. */
    private static byte[] datagram(InetAddress here, int port) {
        int length = 8 + WORD.length;
        byte[] address = here.getAddress();
        var packet = ByteBuffer.allocate((address.length > 4 ? 40 : 20) + length);
        if (address.length > 4) {
            packet.putInt(0x60000000).putShort((short) length).put((byte) UDP).put((byte) 64);
        } else {
            packet.putInt(0x45000000).putInt(0).put((byte) 64).put((byte) UDP).putShort((short) 0);
        }
        packet.put(address).put(address);
        int sum = UDP + length + 7 + port + length;
        for (int i = 0; i < address.length; i += 2) {
            sum += 2 * (((address[i] & 0xff) << 8) + (address[i + 1] & 0xff));
        }
        for (int i = 0; i < WORD.length; i += 2) {
            sum += ((WORD[i] & 0xff) << 8) + (i + 1 < WORD.length ? WORD[i + 1] & 0xff : 0);
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        sum = (sum & 0xffff) + (sum >>> 16);
        return packet.putShort((short) 7)
                .putShort((short) port)
                .putShort((short) length)
                .putShort((short) ~sum)
                .put(WORD)
                .array();
    }
}
