package io.halcyon.check.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyReaderTest {

    private final ReplyReader reader = new ReplyReader();

    @Test
    void knowsTheKindsThatAnswerOurQuestions() throws IOException {
        var data = bytes("+PONG\r\n-ERR no\r\n:12\r\n$5\r\na\r\nbc\r\n$0\r\n\r\n");

        assertThat(reader.next(data)).isEqualTo(new RedisReply('+', "PONG"));
        assertThat(reader.next(data)).isEqualTo(new RedisReply('-', "ERR no"));
        assertThat(reader.next(data)).isEqualTo(new RedisReply(':', "12"));
        assertThat(reader.next(data)).isEqualTo(new RedisReply('$', "a\r\nbc"));
        assertThat(reader.next(data)).isEqualTo(new RedisReply('$', ""));
        assertThat(reader.next(data)).isNull();
    }

    @Test
    void aReplyMayComeByteByByte() throws IOException {
        var text = "$5\r\nhello\r\n+OK\r\n";
        int found = 0;
        for (int i = 0; i < text.length(); i++) {
            found += reader.next(bytes(text.substring(i, i + 1))) == null ? 0 : 1;
        }
        assertThat(found).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                "\n",
                "+PONG\n",
                "HTTP/1.1 400\r\n",
                "*1\r\n",
                "$-1\r\n",
                "$x\r\n",
                "$9999999999\r\n",
                "%1\r\n"
            })
    void somethingElseIsNoReply(String text) {
        assertThatThrownBy(() -> reader.next(bytes(text)))
                .isInstanceOf(IOException.class)
                .hasMessage("no Redis reply");
    }

    @Test
    void noLineAndNoTextIsEndless() {
        assertThatThrownBy(() -> reader.next(bytes("+" + "x".repeat(5000))))
                .hasMessage("a line is longer than 4096 bytes");
        assertThatThrownBy(() -> new ReplyReader().next(bytes("$999999999\r\n")))
                .hasMessage("a reply is longer than 1048576 bytes");
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
