package io.halcyon.check.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteSearchTest {

    @Test
    void findsWhatIsSpreadOverManyReads() {
        var search = new ByteSearch(ascii("+PONG"));

        assertThat(search.found(buffer("++P"))).isFalse();
        assertThat(search.found(buffer("ON"))).isFalse();
        assertThat(search.found(buffer("G\r\n"))).isTrue();
        assertThat(search.seenBytes()).isEqualTo(8);
    }

    @Test
    void aBeginningWithinABeginningIsNotMissed() {
        assertThat(new ByteSearch(ascii("aab")).found(buffer("aaab"))).isTrue();
        assertThat(new ByteSearch(ascii("abcabd")).found(buffer("abcabcabd"))).isTrue();
    }

    @Test
    void findsWhatStringsFindWhateverTheText() {
        var random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            var sought = letters(random, 1 + random.nextInt(6));
            var text = letters(random, random.nextInt(30));
            var search = new ByteSearch(ascii(sought));
            boolean found = false;
            for (int at = 0; at < text.length(); ) {
                int end = Math.min(text.length(), at + 1 + random.nextInt(5));
                found = search.found(buffer(text.substring(at, end)));
                at = end;
            }
            assertThat(found).as(sought + " in " + text).isEqualTo(text.contains(sought));
        }
    }

    private static String letters(Random random, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(2)));
        }
        return text.toString();
    }

    private static ByteBuffer buffer(String text) {
        return ByteBuffer.wrap(ascii(text));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
