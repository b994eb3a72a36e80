package io.halcyon.console.shell.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class FrameChannelTest {

    private final Drip wire = new Drip();
    private final FrameChannel frames = new FrameChannel(wire);

    @Test
    void framesArriveAsTheyWereSentThoughOctetsComeSingly() throws IOException {
        frames.send(Frame.text(Frame.Kind.TERMINAL_LINE, "vrrp:show Ü"));
        frames.send(Frame.text(Frame.Kind.ERR, ""));
        frames.send(Frame.exit(-3));

        assertThat(frames.receive().text()).isEqualTo("vrrp:show Ü");
        assertThat(frames.receive()).isEqualTo(Frame.text(Frame.Kind.ERR, ""));
        assertThat(frames.receive().exitCode()).isEqualTo(-3);
        assertThat(frames.receive()).isNull();
    }

    @Test
    void theHeaderIsOneOctetOfKindAndFourOfLength() {
        assertThat(Frame.text(Frame.Kind.OUT, "hi").encoded())
                .isEqualTo(ByteBuffer.wrap(new byte[] {'o', 0, 0, 0, 2, 'h', 'i'}));
    }

    @Test
    void aConnectionCutInsideAFrameIsAnError() {
        wire.add(new byte[] {'o', 0, 0, 0, 2, 'h'});

        assertThatThrownBy(frames::receive).isInstanceOf(EOFException.class);
    }

    @Test
    void unknownKindsAndBoundlessLengthsAreRefused() {
        wire.add(new byte[] {'?', 0, 0, 0, 0});
        assertThatThrownBy(frames::receive).isInstanceOf(MalformedFrameException.class);
        wire.add(new byte[] {'o', 0x7f, 0, 0, 0});
        assertThatThrownBy(frames::receive).isInstanceOf(MalformedFrameException.class);
        wire.add(new byte[] {'o', -1, -1, -1, -1});
        assertThatThrownBy(frames::receive).isInstanceOf(MalformedFrameException.class);
    }

    @Test
    void longOutputLeavesInSeveralFrames() throws IOException {
        String text = "0123456789".repeat(2000);
        try (var output = new FrameOutput(frames, Frame.Kind.OUT)) {
            output.write(text.getBytes(StandardCharsets.UTF_8));
        }

        var received = new StringBuilder();
        for (Frame frame = frames.receive(); frame != null; frame = frames.receive()) {
            received.append(frame.text());
        }
        assertThat(received.toString().equals(text)).isTrue();
    }

    /** Takes and gives three octets at a time. */
    private static final class Drip implements ByteChannel {

        private final Deque<Byte> octets = new ArrayDeque<>();

        void add(byte[] bytes) {
            for (byte octet : bytes) {
                octets.add(octet);
            }
        }

        @Override
        public int write(ByteBuffer source) {
            int count = 0;
            for (; count < 3 && source.hasRemaining(); count++) {
                octets.add(source.get());
            }
            return count;
        }

        @Override
        public int read(ByteBuffer target) {
            if (octets.isEmpty()) {
                return -1;
            }
            int count = 0;
            for (; count < 3 && target.hasRemaining() && !octets.isEmpty(); count++) {
                target.put(octets.remove());
            }
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
