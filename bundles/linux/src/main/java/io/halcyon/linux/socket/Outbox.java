package io.halcyon.linux.socket;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Native memory for {@code sendmmsg(2)}: frames that leave with one call, each with its {@code mmsghdr} and its {@code iovec}. Made
 * once, so that sending allocates nothing. Not thread-safe: one owner at a time.
 */
public final class Outbox {

    private static final int HEADER = 64;
    private static final int HEADER_VECTOR = 16;
    private static final int HEADER_VECTORS = 24;
    private static final int VECTOR = 16;
    private static final int VECTOR_LENGTH = 8;

    private final int frames;
    private final int longest;
    private final Memory memory;
    private final ByteBuffer bytes;
    private final int vectors;
    private final int data;
    private int size;

    /**
     * An empty one.
     *
     * @param frames how many it takes
     * @param longest how many bytes of each
     */
    public Outbox(int frames, int longest) {
        this.frames = frames;
        this.longest = longest;
        vectors = frames * HEADER;
        data = vectors + frames * VECTOR;
        memory = new Memory(data + (long) frames * longest);
        memory.clear();
        bytes = memory.getByteBuffer(0, memory.size()).order(ByteOrder.nativeOrder());
        for (int i = 0; i < frames; i++) {
            long vector = vectors + (long) i * VECTOR;
            memory.setPointer((long) i * HEADER + HEADER_VECTOR, memory.share(vector));
            memory.setLong((long) i * HEADER + HEADER_VECTORS, 1);
            memory.setPointer(vector, memory.share(data + (long) i * longest));
        }
    }

    /** Takes a frame; there must be room. */
    public void add(byte[] frame, int length) {
        if (length > longest) {
            throw new IllegalArgumentException("a frame of " + length + " bytes, the longest has " + longest);
        }
        if (isFull()) {
            throw new IllegalStateException("there are " + frames + " frames already");
        }
        bytes.put(data + size * longest, frame, 0, length);
        bytes.putLong(vectors + size * VECTOR + VECTOR_LENGTH, length);
        size++;
    }

    public boolean isFull() {
        return size == frames;
    }

    /** The headers from this one on. */
    Pointer headers(int from) {
        return from == 0 ? memory : memory.share((long) from * HEADER);
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }
}
