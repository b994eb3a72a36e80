package io.halcyon.linux.socket;

import io.halcyon.linux.LinuxException;

/** Wakes a thread that waits in a {@link Poller} ({@code eventfd(2)}). {@link #wake} is thread-safe. */
public final class Wakeup implements Pollable, AutoCloseable {

    private static final int COUNTER = 8;

    private final Descriptor event;

    public Wakeup() throws LinuxException {
        event = Descriptor.event();
    }

    public void wake() {
        // A native-endian 1; what the number is does not matter as long as it is not 0 or all ones.
        Libc.write(event.number(), new byte[] {1, 0, 0, 0, 0, 0, 0, 0}, COUNTER);
    }

    /** Forgets all calls of {@link #wake} so far. */
    public void reset() {
        Libc.read(event.number(), new byte[COUNTER], COUNTER);
    }

    @Override
    public int descriptor() {
        return event.number();
    }

    @Override
    public void close() {
        event.close();
    }
}
