package io.halcyon.tls;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** Buffers of a thread that are taken for the time of a call and put back. */
final class Scratch {

    /** One for plaintext and one for records while a handler writes in its answer. */
    private static final int KEPT = 2;

    /** Holds nothing but JDK types: what stays with a thread must not keep our class loader. */
    private static final ThreadLocal<ArrayDeque<ByteBuffer>> SPARE = ThreadLocal.withInitial(ArrayDeque::new);

    private Scratch() {}

    /** An empty buffer of at least that size. */
    static ByteBuffer take(int bytes) {
        var buffer = SPARE.get().poll();
        return buffer == null || buffer.capacity() < bytes ? ByteBuffer.allocate(bytes) : buffer.clear();
    }

    static void putBack(ByteBuffer buffer) {
        var spare = SPARE.get();
        if (spare.size() < KEPT) {
            spare.push(buffer);
        }
    }
}
