package io.halcyon.lvs.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Asks for the addresses of host names on threads {@code lvs-dns-N}, since the JDK can only wait for the answer. A name is asked
 * for once at a time. Thread-safe.
 */
final class Resolver implements AutoCloseable {

    /** As many names that nobody answers may hang at once. */
    private static final int THREADS = 4;

    private static final long IDLE_SECONDS = 10;

    /** What asks, and waits as long as it takes. */
    interface Lookup {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final Lookup lookup;
    private final BiConsumer<String, List<InetAddress>> answers;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor threads;
    private int lastThread;

    /** @param answers hears of each name that was asked for; no addresses if there is no answer */
    Resolver(Lookup lookup, BiConsumer<String, List<InetAddress>> answers) {
        this.lookup = lookup;
        this.answers = answers;
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
        threads.allowCoreThreadTimeOut(true);
    }

    void ask(String host) {
        if (!threads.isShutdown() && asked.add(host)) {
            threads.execute(() -> find(host));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void find(String host) {
        List<InetAddress> found;
        try {
            found = List.of(lookup.addresses(host));
        } catch (UnknownHostException | RuntimeException missing) {
            found = List.of();
        }
        asked.remove(host);
        answers.accept(host, found);
    }

    private synchronized Thread thread(Runnable task) {
        var thread = new Thread(task, "lvs-dns-" + ++lastThread);
        thread.setDaemon(true);
        return thread;
    }
}
