package io.halcyon.linux;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A network namespace that the calling thread can enter.
 *
 * <p>On Linux a namespace belongs to a thread: only the calling thread moves, with the threads, processes and sockets it
 * makes afterwards. Needs CAP_SYS_ADMIN.
 */
public final class NetworkNamespace {

    private static final int CLONE_NEWNET = 0x40000000;
    private static final int O_CLOEXEC = 0x80000;
    private static final String OF_THIS_THREAD = "/proc/thread-self/ns/net";

    private final String path;

    private NetworkNamespace(String path) {
        this.path = path;
    }

    /** The namespace that {@code ip netns add NAME} made. */
    public static NetworkNamespace named(String name) {
        return of(Path.of("/run/netns", name));
    }

    /** The namespace behind a file, such as {@code /proc/PID/ns/net}. */
    public static NetworkNamespace of(Path file) {
        return new NetworkNamespace(file.toString());
    }

    /** Moves the calling thread into this namespace until the stay is closed. */
    public Stay enter() throws LinuxException {
        int target = open(path);
        try {
            Stay stay = new Stay(open(OF_THIS_THREAD));
            if (Libc.setns(target, CLONE_NEWNET) != 0) {
                LinuxException failure = LinuxException.last("setns(" + path + ")");
                stay.forget();
                throw failure;
            }
            return stay;
        } finally {
            Libc.close(target);
        }
    }

    /** Does something inside this namespace on the calling thread, and comes back. */
    public <T> T call(Action<T> action) throws IOException {
        Stay stay = enter();
        try {
            return action.run();
        } finally {
            stay.close();
        }
    }

    /** Moves the calling thread into a new namespace, where even {@code lo} is down, until the stay is closed. */
    public static Stay enterNew() throws LinuxException {
        Stay stay = new Stay(open(OF_THIS_THREAD));
        if (Libc.unshare(CLONE_NEWNET) != 0) {
            LinuxException failure = LinuxException.last("unshare(CLONE_NEWNET)");
            stay.forget();
            throw failure;
        }
        return stay;
    }

    private static int open(String path) throws LinuxException {
        int descriptor = Libc.open(path, O_CLOEXEC);
        if (descriptor < 0) {
            throw LinuxException.last("open(" + path + ")");
        }
        return descriptor;
    }

    /** What {@link #call} does. */
    @FunctionalInterface
    public interface Action<T> {
        T run() throws IOException;
    }

    /** A thread's time in another namespace. Close it on the same thread. */
    public static final class Stay implements AutoCloseable {

        private final Thread thread = Thread.currentThread();
        private int home;

        private Stay(int home) {
            this.home = home;
        }

        /** Moves the thread back; calls after the first do nothing. */
        @Override
        public void close() {
            if (home < 0) {
                return;
            }
            if (Thread.currentThread() != thread) {
                throw new IllegalStateException("a stay is closed by the thread that began it, " + thread.getName());
            }
            if (Libc.setns(home, CLONE_NEWNET) != 0) {
                throw new IllegalStateException("thread is lost in a namespace", LinuxException.last("setns(back)"));
            }
            forget();
        }

        private void forget() {
            Libc.close(home);
            home = -1;
        }
    }
}
