package io.halcyon.vrrp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class AdvertisementCodecTest {

    private static final String GOOD_V2 = "213396010101b4c2c00002323132333435363738";
    private static final String GOOD_V3 = "3137c9010032a0c5c000023e";

    @ParameterizedTest
    @CsvFileSource(
            resources = {"/golden/keepalived-2.2.7.txt", "/golden/message-only.txt"},
            delimiter = ' ')
    void whatWeSendIsTheGoldenPacketOctetByOctet(
            int version,
            int vrid,
            int priority,
            int intervalCentis,
            String password,
            ChecksumForm form,
            String addresses,
            String hex) {
        RouterConfig config = new RouterConfig(
                vrid,
                version,
                100,
                intervalCentis,
                true,
                0,
                3,
                password.equals("-") ? null : password,
                form,
                Fixtures.addresses(addresses),
                GarpConfig.DEFAULT);

        byte[] message = AdvertisementCodec.encode(config, priority, Fixtures.OURS);

        assertThat(HexFormat.of().formatHex(message)).isEqualTo(hex);
        assertThat(decode(hex, 255)).isEqualTo(new Decoded.Accepted(expected(config, priority)));
    }

    private static Advertisement expected(RouterConfig config, int priority) {
        String password = config.authPass();
        return new Advertisement(
                config.version(),
                config.vrid(),
                priority,
                config.advertIntervalCentis(),
                password == null ? 0 : 1,
                password == null ? "" : password,
                config.addresses());
    }

    @Test
    void whatWasEncodedIsDecoded() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            RouterConfig config = Fixtures.random(random);
            int priority = random.nextInt(256);
            byte[] message = AdvertisementCodec.encode(config, priority, Fixtures.OURS);

            Decoded decoded = AdvertisementCodec.decode(
                    ByteBuffer.wrap(message), 255, Fixtures.OURS, AdvertisementCodec.GROUP_IPV4);

            assertThat(decoded).isEqualTo(new Decoded.Accepted(expected(config, priority)));
        }
    }

    @Test
    void ipv6MessagesHaveAddressesOfSixteenOctets() {
        var source = Fixtures.address("fe80::1");
        var group = Fixtures.address("ff02::12");
        RouterConfig config = Fixtures.config(3, 100, 100).withAddresses(Fixtures.addresses("fe80::50,2001:db8::50"));

        byte[] message = AdvertisementCodec.encode(config, 100, source, group);

        assertThat(message).hasSize(8 + 2 * 16);
        assertThat(AdvertisementCodec.decode(ByteBuffer.wrap(message), 255, source, group))
                .isEqualTo(new Decoded.Accepted(expected(config, 100)));
    }

    @ParameterizedTest
    @CsvSource({
        "21339601010104, 255, TOO_SHORT, 51",
        "'', 255, TOO_SHORT, 0",
        GOOD_V2 + ", 254, BAD_TTL, 51",
        "413396010101b4c2c00002323132333435363738, 255, BAD_VERSION, 51",
        "223396010101b4c2c00002323132333435363738, 255, BAD_TYPE, 51",
        "213396020101b4c2c00002323132333435363738, 255, BAD_LENGTH, 51",
        GOOD_V2 + "00, 255, BAD_LENGTH, 51",
        "3137c9010032a0c5c00002, 255, BAD_LENGTH, 55",
        "213396010101b4c3c00002323132333435363738, 255, BAD_CHECKSUM, 51",
        "3137c9010032a0c5c000023f, 255, BAD_CHECKSUM, 55",
        "3137c9010000a0f7c000023e, 255, ZERO_INTERVAL, 55"
    })
    void aMalformedMessageIsATypedFault(String hex, int ttl, Fault fault, int vrid) {
        assertThat(decode(hex, ttl)).isEqualTo(new Decoded.Refused(fault, vrid));
    }

    @Test
    void reservedBitsOfVersion3AreIgnored() {
        Decoded decoded = decode("3137c901f032b0c4c000023e", 255);

        assertThat(decoded).isInstanceOfSatisfying(Decoded.Accepted.class, accepted -> assertThat(
                        accepted.advertisement().intervalCentis())
                .isEqualTo(50));
    }

    @Test
    void noMessageMakesTheDecoderThrow() {
        Random random = new Random(2);
        byte[][] seeds = {HexFormat.of().parseHex(GOOD_V2), HexFormat.of().parseHex(GOOD_V3)};
        int accepted = 0;
        for (int i = 0; i < 100_000; i++) {
            ByteBuffer message = ByteBuffer.wrap(garble(seeds[i % 2], random));
            Decoded decoded = AdvertisementCodec.decode(
                    message, random.nextInt(8) == 0 ? random.nextInt(256) : 255, Fixtures.OURS, Fixtures.THEIRS);

            assertThat(decoded).isNotNull();
            accepted += decoded instanceof Decoded.Accepted ? 1 : 0;
        }
        assertThat(accepted).isBetween(1, 50_000);
    }

    /** Nothing but noise, or a good message with some octets changed, cut or added. */
    private static byte[] garble(byte[] good, Random random) {
        if (random.nextInt(3) == 0) {
            byte[] noise = new byte[random.nextInt(80)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] octets = java.util.Arrays.copyOf(
                good, Math.max(0, good.length + random.nextInt(3) / 2 * (random.nextInt(9) - 4)));
        for (int i = random.nextInt(3); i > 0 && octets.length > 0; i--) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt();
        }
        return octets;
    }

    private static Decoded decode(String hex, int ttl) {
        return AdvertisementCodec.decode(
                ByteBuffer.wrap(HexFormat.of().parseHex(hex)), ttl, Fixtures.OURS, AdvertisementCodec.GROUP_IPV4);
    }
}
