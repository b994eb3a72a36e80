package io.halcyon.linux.process;

import java.nio.charset.StandardCharsets;

/** Keeps the last bytes of an output, however long it is. Owned by the thread that runs the command. */
final class OutputTail {

    static final int LIMIT_BYTES = 4096;

    private final byte[] ring = new byte[LIMIT_BYTES];
    private long written;

    void add(byte[] data, int length) {
        for (int i = 0; i < length; i++) {
            ring[(int) (written++ % LIMIT_BYTES)] = data[i];
        }
    }

    /** As text, control characters except line ends and tabs left out. */
    String text() {
        int length = (int) Math.min(written, LIMIT_BYTES);
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = ring[(int) ((written - length + i) % LIMIT_BYTES)];
        }
        return new String(bytes, StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}&&[^\n\t]]", "");
    }
}
