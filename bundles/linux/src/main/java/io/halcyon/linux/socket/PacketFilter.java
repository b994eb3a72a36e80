package io.halcyon.linux.socket;

import com.sun.jna.Memory;
import io.halcyon.linux.LinuxException;
import java.util.ArrayList;
import java.util.List;

/**
 * A classic BPF program: conditions that a frame must meet one after the other to reach the socket. Immutable.
 *
 * <p>It is a sieve. A condition with more values than a program can hold lets all pass, so the receiver looks again.
 */
public final class PacketFilter {

    /** Bytes that are kept of a frame. */
    public static final int SNAP_LENGTH = 256;

    /** Lets no frame pass. */
    public static final PacketFilter NOTHING = new PacketFilter(List.of(instruction(0x06, 0, 0, 0)));

    // linux/filter.h
    private static final int LOAD_WORD = 0x20;
    private static final int LOAD_HALF = 0x28;
    private static final int LOAD_BYTE = 0x30;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int RETURN = 0x06;
    private static final int ANCILLARY_PACKET_TYPE = -0x1000 + 4;
    private static final int PACKET_OUTGOING = 4;
    private static final int MOST_INSTRUCTIONS = 4_096;
    private static final int INSTRUCTION_BYTES = 8;

    private final List<Long> program;

    private PacketFilter(List<Long> program) {
        this.program = List.copyOf(program);
    }

    public static Builder builder() {
        return new Builder();
    }

    void attach(Descriptor socket) throws LinuxException {
        // struct sock_fprog: number of instructions, their address.
        try (Memory instructions = new Memory((long) program.size() * INSTRUCTION_BYTES);
                Memory head = new Memory(16)) {
            for (int i = 0; i < program.size(); i++) {
                instructions.setLong((long) i * INSTRUCTION_BYTES, program.get(i));
            }
            head.clear();
            head.setShort(0, (short) program.size());
            head.setPointer(8, instructions);
            socket.option("attach filter", Libc.SOL_SOCKET, Libc.SO_ATTACH_FILTER, head, 16);
        }
    }

    /** {@code struct sock_filter} (u16 code, u8 jt, u8 jf, u32 k) as this machine's long; little-endian as all we run on. */
    private static long instruction(int code, int ifTrue, int ifFalse, int value) {
        return code | ((long) ifTrue << 16) | ((long) ifFalse << 24) | ((long) value << 32);
    }

    /** Collects conditions; offsets count from the Ethernet header. */
    public static final class Builder {

        private final List<Long> program = new ArrayList<>();

        private Builder() {}

        /** The frame came in from the wire. */
        public Builder incoming() {
            program.add(instruction(LOAD_BYTE, 0, 0, ANCILLARY_PACKET_TYPE));
            program.add(instruction(JUMP_IF_EQUAL, 0, 1, PACKET_OUTGOING));
            program.add(instruction(RETURN, 0, 0, 0));
            return this;
        }

        public Builder byteAt(int offset, int value) {
            return equal(LOAD_BYTE, offset, value);
        }

        public Builder halfAt(int offset, int value) {
            return equal(LOAD_HALF, offset, value);
        }

        /** The last condition: the word is one of these. */
        public PacketFilter oneOfWordsAt(int offset, List<Integer> values) {
            if (program.size() + 2 * values.size() + 2 > MOST_INSTRUCTIONS) {
                return build();
            }
            program.add(instruction(LOAD_WORD, 0, 0, offset));
            for (int value : values) {
                program.add(instruction(JUMP_IF_EQUAL, 0, 1, value));
                program.add(instruction(RETURN, 0, 0, SNAP_LENGTH));
            }
            program.add(instruction(RETURN, 0, 0, 0));
            return new PacketFilter(program);
        }

        /** No further condition. */
        public PacketFilter build() {
            program.add(instruction(RETURN, 0, 0, SNAP_LENGTH));
            return new PacketFilter(program);
        }

        private Builder equal(int load, int offset, int value) {
            program.add(instruction(load, 0, 0, offset));
            program.add(instruction(JUMP_IF_EQUAL, 1, 0, value));
            program.add(instruction(RETURN, 0, 0, 0));
            return this;
        }
    }
}
