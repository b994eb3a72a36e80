package io.halcyon.check.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks host names up on threads {@code check-dns-N}, since the JDK can only wait for the answer. Thread-safe.
 *
 * <p>However many ask for a name at once, it is looked up once. An answer is kept for {@link #FOUND_NANOS}, the lack of one for
 * {@link #MISSING_NANOS}; the JDK's own cache behind it adds 30 s and 10 s.
 */
final class Names implements AutoCloseable {

    static final int THREADS = 8;
    static final long FOUND_NANOS = TimeUnit.SECONDS.toNanos(10);
    static final long MISSING_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Above so many names those that nobody asks for any more are forgotten. */
    private static final int MANY = 10_000;

    private static final long IDLE_SECONDS = 10;
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}");

    /** What asks, and waits as long as it takes. */
    interface Lookup {
        InetAddress address(String host) throws UnknownHostException;
    }

    private record Known(@Nullable InetAddress address, long untilNanos) {}

    private final Lookup lookup;
    private final LongSupplier nanos;
    private final ThreadPoolExecutor threads;
    private final Map<String, Known> known = new HashMap<>();
    private final Map<String, List<Consumer<@Nullable InetAddress>>> asked = new HashMap<>();
    private int lastThread;

    Names() {
        this(InetAddress::getByName, System::nanoTime);
    }

    Names(Lookup lookup, LongSupplier nanos) {
        this.lookup = lookup;
        this.nanos = nanos;
        // The queue is bounded by the names that checks ask for.
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
        threads.allowCoreThreadTimeOut(true);
    }

    /** Tells the address, null if there is none: on this thread if it is known, on another one later if it is not. */
    void ask(String host, Consumer<@Nullable InetAddress> answer) {
        var literal = literal(host);
        if (literal != null) {
            answer.accept(literal);
            return;
        }
        Known fresh;
        synchronized (this) {
            fresh = fresh(host);
            if (fresh == null) {
                enqueue(host, answer);
                return;
            }
        }
        answer.accept(fresh.address());
    }

    /** Threads that exist now, idle ones included. */
    int threads() {
        return threads.getPoolSize();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private @Nullable Known fresh(String host) {
        var entry = known.get(host);
        return entry == null || entry.untilNanos() - nanos.getAsLong() <= 0 ? null : entry;
    }

    private void enqueue(String host, Consumer<@Nullable InetAddress> answer) {
        var waiting = asked.get(host);
        if (waiting != null) {
            waiting.add(answer);
        } else if (!threads.isShutdown()) {
            asked.put(host, new ArrayList<>(List.of(answer)));
            try {
                threads.execute(() -> find(host));
            } catch (RuntimeException | Error noThread) {
                // Or everybody who asks for it later would wait for an answer that nobody looks for.
                asked.remove(host);
                throw noThread;
            }
        }
    }

    private void find(String host) {
        var address = addressOrNull(host);
        for (var answer : remember(host, address)) {
            answer.accept(address);
        }
    }

    private @Nullable InetAddress addressOrNull(String host) {
        try {
            return lookup.address(host);
        } catch (UnknownHostException | RuntimeException missing) {
            return null;
        }
    }

    private synchronized List<Consumer<@Nullable InetAddress>> remember(String host, @Nullable InetAddress address) {
        long now = nanos.getAsLong();
        if (known.size() >= MANY) {
            known.values().removeIf(entry -> entry.untilNanos() - now <= 0);
        }
        known.put(host, new Known(address, now + (address == null ? MISSING_NANOS : FOUND_NANOS)));
        var waiting = asked.remove(host);
        return waiting == null ? List.of() : waiting;
    }

    /** The address that is written as one; the JDK takes it apart without asking anybody. */
    private static @Nullable InetAddress literal(String host) {
        boolean ipv6 = host.indexOf(':') >= 0;
        if (!ipv6 && !IPV4.matcher(host).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(ipv6 && !host.startsWith("[") ? '[' + host + ']' : host);
        } catch (UnknownHostException noAddress) {
            return null;
        }
    }

    private Thread thread(Runnable task) {
        var thread = new Thread(task, "check-dns-" + ++lastThread);
        thread.setDaemon(true);
        return thread;
    }
}
