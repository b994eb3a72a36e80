package io.halcyon.check.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyReaderTest {

    private final ReplyReader reader = new ReplyReader();

    @Test
    void aReplyMayHaveManyLines() throws IOException {
        var reply = reader.next(bytes("250-mx.example.org greets you\r\n250-STARTTLS\r\n250 SIZE 1000\r\n"));

        assertThat(reply).isEqualTo(new Reply(250, List.of("mx.example.org greets you", "STARTTLS", "SIZE 1000")));
    }

    @Test
    void whatComesAfterAReplyStaysInTheBuffer() throws IOException {
        var data = bytes("220 go ahead\r\n250 injected\r\n");

        assertThat(reader.next(data)).isEqualTo(new Reply(220, List.of("go ahead")));
        assertThat(data.remaining()).isEqualTo("250 injected\r\n".length());
        assertThat(reader.next(data)).isEqualTo(new Reply(250, List.of("injected")));
    }

    @Test
    void aReplyMayComeInPieces() throws IOException {
        assertThat(reader.next(bytes("2"))).isNull();
        assertThat(reader.next(bytes("20 he"))).isNull();
        assertThat(reader.next(bytes("llo\r"))).isNull();
        assertThat(reader.next(bytes("\n"))).isEqualTo(new Reply(220, List.of("hello")));
    }

    @Test
    void aCodeAloneOrAMissingReturnIsGoodEnough() throws IOException {
        assertThat(reader.next(bytes("220\r\n"))).isEqualTo(new Reply(220, List.of("")));
        assertThat(reader.next(bytes("220 hello\n"))).isEqualTo(new Reply(220, List.of("hello")));
    }

    @Test
    void servicesAreKeywordsBehindTheFirstLine() {
        var reply = new Reply(250, List.of("STARTTLS.example.org", "starttls", "SIZE 1000", "AUTHENTIC"));

        assertThat(reply.offers("STARTTLS")).isTrue();
        assertThat(reply.offers("SIZE")).isTrue();
        assertThat(reply.offers("AUTH")).isFalse();
        assertThat(new Reply(250, List.of("STARTTLS")).offers("STARTTLS")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                "hello\r\n",
                "22 x\r\n",
                "2200 x\r\n",
                "120 x\r\n",
                "620 x\r\n",
                "220_x\r\n",
                "HTTP/1.1 400\r\n"
            })
    void somethingElseIsNoReply(String text) {
        assertThatThrownBy(() -> reader.next(bytes(text)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("not an SMTP reply: ");
    }

    @Test
    void linesOfOneReplyHaveOneCode() {
        assertThatThrownBy(() -> reader.next(bytes("250-a\r\n220 b\r\n")))
                .hasMessage("the lines of one reply begin with 250 and 220");
    }

    @Test
    void noReplyIsEndless() {
        var line = bytes("220-" + "x".repeat(1000) + "\r\n");
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1000; i++) {
                        assertThat(reader.next(line.rewind())).isNull();
                    }
                })
                .hasMessage("the reply is longer than 65536 bytes");
    }

    @Test
    void whatIsNoTextIsShownWithoutHarm() throws IOException {
        byte[] line = {'2', '2', '0', ' ', 27, '[', (byte) 0xc3, (byte) 0x28, 0, '\n'};

        assertThat(reader.next(ByteBuffer.wrap(line))).isEqualTo(new Reply(220, List.of(".[.(.")));
    }

    @Test
    void anyBytesAreAReplyOrARefusal() {
        var random = new Random(7);
        var alphabet = "2250 -\r\nx";
        int replies = 0;
        for (int i = 0; i < 50_000; i++) {
            var text = new StringBuilder();
            for (int j = random.nextInt(12); j >= 0; j--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            replies += repliesIn(text.toString()).size();
        }
        assertThat(replies).isPositive();
    }

    private static List<Reply> repliesIn(String text) {
        var found = new ArrayList<Reply>();
        var reader = new ReplyReader();
        try {
            var data = bytes(text);
            for (var reply = reader.next(data); reply != null; reply = reader.next(data)) {
                assertThat(reply.code()).isBetween(200, 599);
                found.add(reply);
            }
        } catch (IOException e) {
            assertThat(e.getMessage()).doesNotContain("\n");
        }
        return found;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
