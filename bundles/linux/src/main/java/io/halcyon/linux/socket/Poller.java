package io.halcyon.linux.socket;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;

/** Waits until one of several descriptors has something ({@code poll(2)}). Belongs to the thread that waits. */
public final class Poller {

    /** Timeout of {@link #await}: wait until something comes. */
    public static final int FOR_EVER = -1;

    private static final int POLLFD = 8;

    private final Memory descriptors;
    private final int count;

    public Poller(Pollable... sources) {
        count = sources.length;
        descriptors = new Memory((long) count * POLLFD);
        for (int i = 0; i < count; i++) {
            descriptors.setInt((long) i * POLLFD, sources[i].descriptor());
            descriptors.setInt((long) i * POLLFD + 4, Libc.POLLIN);
        }
    }

    /** Whether something came before the time was up; a signal may end the wait early. */
    public boolean await(int timeoutMillis) throws LinuxException {
        int ready = Libc.poll(descriptors, count, timeoutMillis);
        if (ready < 0 && Native.getLastError() != Errno.EINTR) {
            throw LinuxException.last("poll");
        }
        return ready > 0;
    }
}
