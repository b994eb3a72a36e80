package io.halcyon.check.ping;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks host names up on threads of its own, since the JDK can only wait for the answer; without work they end soon. */
final class HostNames implements AutoCloseable {

    private static final int THREADS = 2;
    private static final int IDLE_SECONDS = 5;

    // The queue is bounded by the number of checks: none asks again before it has its answer.
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), HostNames::thread);

    HostNames() {
        threads.allowCoreThreadTimeOut(true);
    }

    /** Tells the address later on another thread, null if there is none. */
    void ask(String host, Consumer<@Nullable InetAddress> answer) {
        threads.execute(() -> answer.accept(addressOrNull(host)));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static @Nullable InetAddress addressOrNull(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException | RuntimeException missing) {
            return null;
        }
    }

    private static Thread thread(Runnable task) {
        var thread = new Thread(task, "check-ping-dns");
        thread.setDaemon(true);
        return thread;
    }
}
