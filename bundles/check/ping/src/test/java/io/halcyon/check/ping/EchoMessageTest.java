package io.halcyon.check.ping;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.linux.socket.EchoSocket.Family;
import io.halcyon.linux.socket.EchoSocket.Way;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EchoMessageTest {

    private static final int KEY = 0x1234_0001;
    private static final byte[] DATA = "0123456789abcdefgh".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    @Test
    void aRequestHasTheOctetsOfTheStandard() {
        // RFC 792: type 8, code 0, checksum, identifier, sequence number, data.
        var message = EchoMessage.request(Family.IPV4, KEY, new byte[] {0x61, 0x62, 0x63});

        assertThat(hex(message)).isEqualTo("0800" + "2168" + "12340001" + "616263");
    }

    @Test
    void theChecksumOfIpv6IsLeftToTheKernel() {
        assertThat(hex(EchoMessage.request(Family.IPV6, KEY, new byte[] {0x61})))
                .isEqualTo("8000" + "0000" + "12340001" + "61");
    }

    @ParameterizedTest
    @EnumSource
    void aReplyBringsKeyAndData(Family family) {
        var answer = EchoMessage.parse(family, reply(family));

        assertThat(answer).isEqualTo(new EchoMessage.Reply(KEY, ByteBuffer.wrap(DATA)));
    }

    @Test
    void aWrongChecksumIsNoAnswer() {
        var reply = reply(Family.IPV4);
        reply.put(2, (byte) (reply.get(2) + 1));

        assertThat(EchoMessage.parse(Family.IPV4, reply)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void aRequestIsNoAnswer(Family family) {
        assertThat(EchoMessage.parse(family, EchoMessage.request(family, KEY, DATA)))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "3, 0, network unreachable",
        "3, 1, host unreachable",
        "3, 13, prohibited",
        "3, 4, fragmentation needed",
        "11, 0, time to live exceeded",
        "12, 0, parameter problem",
        "3, 99, unreachable"
    })
    void anErrorQuotesTheRequest(int type, int code, String words) throws Exception {
        var answer = (EchoMessage.Refusal) EchoMessage.parse(Family.IPV4, errorV4(type, code, 8 + DATA.length));

        assertThat(answer.key()).isEqualTo(KEY);
        assertThat(answer.words()).isEqualTo(words);
        assertThat(answer.target()).isEqualTo(InetAddress.getByName("192.0.2.7"));
        assertThat(answer.data()).isEqualTo(ByteBuffer.wrap(DATA));
    }

    @Test
    void anErrorMayQuoteEightOctetsOnly() throws Exception {
        var answer = (EchoMessage.Refusal) EchoMessage.parse(Family.IPV4, errorV4(3, 1, 8));

        assertThat(answer.data().remaining()).isZero();
        assertThat(echo("192.0.2.7").isAnsweredBy(answer, InetAddress.getByName("10.0.0.1")))
                .isTrue();
        assertThat(echo("192.0.2.8").isAnsweredBy(answer, InetAddress.getByName("10.0.0.1")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, 0, no route", "1, 3, address unreachable", "2, 0, packet too big", "3, 0, hop limit exceeded"})
    void anErrorOfIpv6QuotesTheRequest(int type, int code, String words) throws Exception {
        for (boolean fragmented : new boolean[] {false, true}) {
            var answer = (EchoMessage.Refusal) EchoMessage.parse(Family.IPV6, errorV6(type, code, fragmented));

            assertThat(answer.words()).isEqualTo(words);
            assertThat(answer.key()).isEqualTo(KEY);
            assertThat(answer.target()).isEqualTo(InetAddress.getByName("2001:db8::7"));
        }
    }

    @Test
    void onlyTheHostWithAllDataAnswersARequest() throws Exception {
        var echo = echo("192.0.2.7");
        var host = InetAddress.getByName("192.0.2.7");
        var other = InetAddress.getByName("192.0.2.8");

        assertThat(echo.isAnsweredBy(new EchoMessage.Reply(KEY, ByteBuffer.wrap(DATA)), host))
                .isTrue();
        assertThat(echo.isAnsweredBy(new EchoMessage.Reply(KEY, ByteBuffer.wrap(DATA)), other))
                .isFalse();
        assertThat(echo.isAnsweredBy(new EchoMessage.Reply(KEY, ByteBuffer.wrap(DATA, 0, 17)), host))
                .isFalse();
        assertThat(echo.isAnsweredBy(new EchoMessage.Reply(KEY, ByteBuffer.wrap(new byte[18])), host))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void whateverComesIsSurvived(Family family) throws Exception {
        var random = new Random(4);
        for (int i = 0; i < 200_000; i++) {
            var octets = new byte[random.nextInt(80)];
            random.nextBytes(octets);
            if (octets.length > 0) {
                octets[0] = new byte[] {0, 3, 11, 1, 2, (byte) 129}[random.nextInt(6)];
            }
            // With a right checksum it gets further.
            EchoMessage.parse(
                    family,
                    family == Family.IPV4 ? EchoTap.withChecksum(ByteBuffer.wrap(octets)) : ByteBuffer.wrap(octets));
        }
        for (int length = 0; length < 8 + 24 + 8 + DATA.length; length++) {
            EchoMessage.parse(
                    Family.IPV4,
                    EchoTap.withChecksum(errorV4(3, 1, 8 + DATA.length).limit(length)));
        }
    }

    private static Echo echo(String host) throws Exception {
        return new Echo(Way.to(InetAddress.getByName(host)), ByteBuffer.wrap(DATA), null);
    }

    private static ByteBuffer reply(Family family) {
        var message = EchoMessage.request(family, KEY, DATA);
        message.put(0, (byte) (family == Family.IPV6 ? 129 : 0));
        return family == Family.IPV6 ? message : EchoTap.withChecksum(message);
    }

    private static ByteBuffer errorV4(int type, int code, int quotedOctets) throws Exception {
        var request = EchoMessage.request(Family.IPV4, KEY, DATA);
        var error = ByteBuffer.allocate(8 + 24 + quotedOctets);
        error.put((byte) type).put((byte) code).position(8);
        // A header with four octets of options.
        error.put((byte) 0x46).position(8 + 9).put((byte) 1).position(8 + 16);
        error.put(InetAddress.getByName("192.0.2.7").getAddress()).position(8 + 24);
        error.put(request.limit(quotedOctets));
        return EchoTap.withChecksum(error);
    }

    private static ByteBuffer errorV6(int type, int code, boolean fragmented) throws Exception {
        var request = EchoMessage.request(Family.IPV6, KEY, DATA);
        int extension = fragmented ? 8 : 0;
        var error = ByteBuffer.allocate(8 + 40 + extension + request.limit());
        error.put((byte) type).put((byte) code).position(8 + 6);
        error.put((byte) (fragmented ? 44 : 58)).position(8 + 24);
        error.put(InetAddress.getByName("2001:db8::7").getAddress());
        if (fragmented) {
            error.put((byte) 58).position(8 + 48);
        }
        error.put(request);
        return error.flip();
    }

    private static String hex(ByteBuffer message) {
        var octets = new byte[message.remaining()];
        message.get(message.position(), octets);
        return HexFormat.of().formatHex(octets);
    }
}
