package io.halcyon.console.shell.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LentTest {

    private final ByteArrayOutputStream lender = new ByteArrayOutputStream() {
        @Override
        public void close() {
            throw new AssertionError("the lender's own stream was closed");
        }
    };

    /** What the shell's library makes of a stream, and what an interrupt makes of that. */
    @Test
    void whatAnInterruptClosesIsOnlyLent() throws IOException {
        var channel = Channels.newChannel(Lent.of(lender));
        Thread.currentThread().interrupt();
        try {
            channel.write(ByteBuffer.wrap(new byte[] {'x'}));
        } catch (ClosedByInterruptException e) {
            // The channel says so, and is closed.
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(channel.isOpen()).isFalse();

        Lent.of(lender).print("next");

        assertThat(lender.toString(StandardCharsets.UTF_8)).endsWith("next");
    }
}
