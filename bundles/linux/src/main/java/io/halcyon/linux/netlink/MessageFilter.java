package io.halcyon.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Which messages the kernel need not hand over at all: a classic BPF program ({@code linux/filter.h}) over one message.
 *
 * <p>A program loads words in network order, the kernel writes headers in its own.
 */
final class MessageFilter {

    private static final int STEP_BYTES = 8;

    private static final int LOAD_IMMEDIATE = 0x00;
    private static final int LOAD_INDEX_IMMEDIATE = 0x01;
    private static final int LOAD_WORD = 0x20;
    private static final int LOAD_HALF = 0x28;
    private static final int LOAD_BYTE_AT_INDEX = 0x50;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int RETURN = 0x06;
    private static final int INDEX_FROM_ACCUMULATOR = 0x07;

    /** SKF_AD_OFF + SKF_AD_NLATTR: finds attribute X from offset A on; its offset, 0 if there is none. */
    private static final int FIND_ATTRIBUTE = -0x1000 + 12;

    private static final int IFADDRMSG_BYTES = 8;
    private static final int ATTRIBUTE_HEADER_BYTES = 4;

    private final ByteBuffer program =
            ByteBuffer.allocateDirect(16 * STEP_BYTES).order(ByteOrder.nativeOrder());

    private MessageFilter() {}

    /** Drops what was done through a port, see {@code nlmsg_pid} in netlink(7). */
    static MessageFilter notFromPort(int port) {
        return new MessageFilter()
                .step(LOAD_WORD, 0, 0, Netlink.SENDER_OFFSET)
                .step(JUMP_IF_EQUAL, 0, 1, asLoaded(port))
                .step(RETURN, 0, 0, 0)
                .step(RETURN, 0, 0, -1);
    }

    /** Drops news of addresses that carry this {@code IFA_PROTO}. */
    static MessageFilter notOfProtocol(int protocol) {
        return new MessageFilter()
                .step(LOAD_HALF, 0, 0, Netlink.TYPE_OFFSET)
                .step(JUMP_IF_EQUAL, 1, 0, asLoaded((short) Netlink.RTM_NEWADDR))
                .step(JUMP_IF_EQUAL, 0, 7, asLoaded((short) Netlink.RTM_DELADDR))
                .step(LOAD_IMMEDIATE, 0, 0, Netlink.HEADER_BYTES + IFADDRMSG_BYTES)
                .step(LOAD_INDEX_IMMEDIATE, 0, 0, Netlink.IFA_PROTO)
                .step(LOAD_WORD, 0, 0, FIND_ATTRIBUTE)
                .step(JUMP_IF_EQUAL, 3, 0, 0)
                .step(INDEX_FROM_ACCUMULATOR, 0, 0, 0)
                .step(LOAD_BYTE_AT_INDEX, 0, 0, ATTRIBUTE_HEADER_BYTES)
                .step(JUMP_IF_EQUAL, 1, 0, protocol)
                .step(RETURN, 0, 0, -1)
                .step(RETURN, 0, 0, 0);
    }

    /** The program; must be kept until it is attached. */
    ByteBuffer program() {
        return program;
    }

    int steps() {
        return program.position() / STEP_BYTES;
    }

    /** struct sock_filter. */
    private MessageFilter step(int code, int ifTrue, int ifFalse, int operand) {
        program.putShort((short) code).put((byte) ifTrue).put((byte) ifFalse).putInt(operand);
        return this;
    }

    private static boolean swapped() {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    }

    private static int asLoaded(int word) {
        return swapped() ? Integer.reverseBytes(word) : word;
    }

    private static int asLoaded(short half) {
        return Short.toUnsignedInt(swapped() ? Short.reverseBytes(half) : half);
    }
}
