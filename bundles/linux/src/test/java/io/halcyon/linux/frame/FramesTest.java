package io.halcyon.linux.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {

    private static final byte[] MAC = {2, 0, 0, 0, 0, 0x0a};

    @Test
    void aGratuitousArpIsABroadcastRequestForItself() throws Exception {
        byte[] frame = new GratuitousArp(MAC).of((Inet4Address) InetAddress.getByName("192.168.88.50"));

        assertThat(hex(frame))
                .isEqualTo("ffffffffffff" + "02000000000a" + "0806"
                        + "0001" + "0800" + "06" + "04" + "0001"
                        + "02000000000a" + "c0a85832"
                        + "ffffffffffff" + "c0a85832");
    }

    @Test
    void anUnsolicitedNeighborAdvertisementOverrides() throws Exception {
        byte[] frame = new NeighborAdvertisement(MAC, false).of((Inet6Address) InetAddress.getByName("2001:db8::50"));

        assertThat(hex(frame))
                .isEqualTo("333300000001" + "02000000000a" + "86dd"
                        + "60000000" + "0020" + "3a" + "ff"
                        + "20010db8000000000000000000000050"
                        + "ff020000000000000000000000000001"
                        + "88" + "00" + "f883" + "20000000"
                        + "20010db8000000000000000000000050"
                        + "02" + "01" + "02000000000a");
    }

    @Test
    void aForwardingHostSetsTheRouterFlag() throws Exception {
        byte[] frame = new NeighborAdvertisement(MAC, true).of((Inet6Address) InetAddress.getByName("2001:db8::50"));

        assertThat(frame[58] & 0xff).isEqualTo(0xa0);
    }

    @Test
    void oneFrameServesManyAddresses() throws Exception {
        NeighborAdvertisement frames = new NeighborAdvertisement(MAC, false);
        Inet6Address first = (Inet6Address) InetAddress.getByName("2001:db8::50");
        byte[] expected = frames.of(first).clone();

        frames.of((Inet6Address) InetAddress.getByName("2001:db8:ffff::1"));

        assertThat(frames.of(first)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.168.88.129", "172.16.100.5", "192.168.1.2", "10.0.0.1", "255.255.255.254"})
    void theChecksumIsRightWithEveryIdentification(String source) throws Exception {
        Inet4Address from = (Inet4Address) InetAddress.getByName(source);
        ByteBuffer packet = ByteBuffer.allocate(Ipv4Header.LENGTH);

        for (int identification = 0; identification <= 0xffff; identification++) {
            Ipv4Header.writeAll(packet.clear(), from, identification, 20);

            // RFC 1071: as one number, the words together are a multiple of 65,535.
            long words = 0;
            for (int offset = 0; offset < Ipv4Header.LENGTH; offset += 2) {
                words += packet.getShort(offset) & 0xffff;
            }
            assertThat(words % 0xffff).as("identification %d", identification).isZero();
        }
    }

    @Test
    void anIpv4HeaderHasNoOptionsAndNoDontFragment() throws Exception {
        ByteBuffer packet = ByteBuffer.allocate(Ipv4Header.LENGTH);

        Ipv4Header.write(packet, (Inet4Address) InetAddress.getByName("10.0.0.1"), 7);

        assertThat(hex(packet.array()))
                .isEqualTo("45" + "c0" + "0000" + "0007" + "0000" + "ff" + "70" + "0000" + "0a000001" + "e0000012");
    }

    @Test
    void aWholeHeaderHasLengthAndChecksum() throws Exception {
        ByteBuffer packet = ByteBuffer.allocate(2 + Ipv4Header.LENGTH).position(2);

        Ipv4Header.writeAll(packet, (Inet4Address) InetAddress.getByName("10.0.0.1"), 7, 12);

        assertThat(hex(packet.array()))
                .isEqualTo("0000" + "45c0" + "0020" + "0007" + "0000" + "ff70" + "d093" + "0a000001" + "e0000012");
        assertThat(Ipv4Header.isChecksumRight(packet.position(2))).isTrue();
    }

    @Test
    void aHeaderThatWasDamagedOrCutShortHasNoRightChecksum() {
        assertThat(Ipv4Header.isChecksumRight(bytes("45c0002000070000ff70d0930a000001e0000012")))
                .isTrue();
        assertThat(Ipv4Header.isChecksumRight(bytes("45c0002000070000ff70d0930a000003e0000012")))
                .isFalse();
        assertThat(Ipv4Header.isChecksumRight(bytes("46c0002000070000ff70ce350a000001e0000012")))
                .isFalse();
        assertThat(Ipv4Header.isChecksumRight(bytes("45c0"))).isFalse();
        assertThat(Ipv4Header.isChecksumRight(bytes(""))).isFalse();
    }

    @Test
    void aHeaderWithOptionsIsSkipped() {
        ByteBuffer data = bytes("46c0001a00010000ff7000000a000001e0000012" + "94040000" + "2133");

        assertThat(Ipv4Header.read(data).message()).isEqualTo(bytes("2133"));
    }

    @Test
    void paddingBehindThePacketIsNotPartOfTheMessage() {
        ByteBuffer data = bytes("45c0001600010000ff7000000a000001e0000012" + "2133" + "00000000");

        assertThat(Ipv4Header.read(data).message()).isEqualTo(bytes("2133"));
    }

    @Test
    void whateverIsCutShortIsNoPacket() {
        assertThat(Ipv4Header.read(bytes("45c0"))).isNull();
        assertThat(Ipv4Header.read(bytes("45c0001700010000ff7000000a000001e0000012" + "2133")))
                .isNull();
        assertThat(Ipv4Header.read(bytes("44c0001600010000ff7000000a000001e0000012" + "2133")))
                .isNull();
        assertThat(Ipv4Header.read(bytes("46c0001600010000ff7000000a000001e0000012" + "2133")))
                .isNull();
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
