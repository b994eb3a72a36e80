package io.halcyon.check.ping;

import io.halcyon.linux.LinuxException;
import io.halcyon.linux.socket.EchoSocket;
import io.halcyon.linux.socket.EchoSocket.Family;
import io.halcyon.linux.socket.Poller;
import io.halcyon.linux.socket.Wakeup;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one socket of an address family and the one thread that sends, receives and waits for all pings. Other threads call
 * {@link #execute} and {@link #close} only; what they hand over runs on the loop's own.
 */
final class EchoLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EchoLoop.class);

    /** Under a flood timers and tasks get their turn after so many messages. */
    private static final int MOST_AT_ONCE = 1_000;

    private record Timer(long atNanos, Runnable action) {}

    private final Family family;
    private final EchoSocket socket;
    private final Wakeup wakeup;
    private final Poller poller;
    private final Thread thread;
    private final SecureRandom random = new SecureRandom();
    private final Map<Integer, Echo> pending = new HashMap<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>((a, b) -> Long.compare(a.atNanos() - b.atNanos(), 0));
    /** Guarded by itself, as is {@link #over}. */
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    private boolean over;

    private EchoLoop(Family family, EchoSocket socket, Wakeup wakeup) {
        this.family = family;
        this.socket = socket;
        this.wakeup = wakeup;
        this.poller = new Poller(socket, wakeup);
        this.thread = new Thread(this::loop, "check-ping-" + (family == Family.IPV6 ? "6" : "4"));
        thread.setDaemon(true);
    }

    /** Opens the socket in the calling thread's namespace and starts the thread. */
    static EchoLoop open(Family family) throws LinuxException {
        var socket = EchoSocket.open(family);
        try {
            var loop = new EchoLoop(family, socket, new Wakeup());
            loop.thread.start();
            return loop;
        } catch (LinuxException e) {
            socket.close();
            throw e;
        }
    }

    /** Does it soon on the loop's thread; false if the loop has come to its end. */
    boolean execute(Runnable task) {
        synchronized (tasks) {
            if (over) {
                return false;
            }
            tasks.add(task);
            wakeup.wake();
            return true;
        }
    }

    boolean isOver() {
        synchronized (tasks) {
            return over;
        }
    }

    /** Ends the thread and waits for that, unless the caller is it. */
    @Override
    public void close() {
        end();
        boolean interrupted = false;
        while (thread.isAlive() && thread != Thread.currentThread()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** On the loop's thread: sends a request and waits for what becomes of it until it is forgotten. Returns its key. */
    int send(Echo echo) throws LinuxException {
        int key = random.nextInt();
        while (pending.containsKey(key)) {
            key = random.nextInt();
        }
        var data = new byte[echo.data().remaining()];
        echo.data().get(0, data);
        pending.put(key, echo);
        try {
            socket.send(EchoMessage.request(family, key, data), echo.way());
        } catch (LinuxException e) {
            pending.remove(key);
            throw e;
        }
        return key;
    }

    /** On the loop's thread: nobody wants to hear any more of a request. */
    void forget(int key) {
        pending.remove(key);
    }

    /** On the loop's thread. */
    void after(long delayNanos, Runnable action) {
        timers.add(new Timer(System.nanoTime() + delayNanos, action));
    }

    /** On the loop's thread: data of a request that nobody can guess. */
    byte[] data(int size) {
        var data = new byte[size];
        var unguessable = new byte[Echo.RANDOM_BYTES];
        random.nextBytes(unguessable);
        System.arraycopy(unguessable, 0, data, 0, unguessable.length);
        for (int i = unguessable.length; i < size; i++) {
            data[i] = (byte) i;
        }
        return data;
    }

    private void end() {
        synchronized (tasks) {
            if (!over) {
                over = true;
                wakeup.wake();
            }
        }
    }

    private void loop() {
        try {
            while (!isOver()) {
                poller.await(timeoutMillis());
                receiveAll();
                runTasks();
                fireTimers();
            }
        } catch (LinuxException e) {
            LOG.warn("ping: {}", e.getMessage());
        } finally {
            end();
            runTasks();
            List.copyOf(pending.values())
                    .forEach(echo -> guarded(() -> echo.outcome().refused(null)));
            socket.close();
            wakeup.close();
        }
    }

    private void receiveAll() throws LinuxException {
        for (int left = MOST_AT_ONCE; left > 0 && socket.receive() != EchoSocket.NOTHING; left--) {
            var answer = EchoMessage.parse(family, socket.data());
            if (answer != null) {
                take(answer, System.nanoTime());
            }
        }
    }

    private void take(EchoMessage.Answer answer, long nowNanos) {
        var echo = pending.get(answer.key());
        if (echo == null || !echo.isAnsweredBy(answer, socket.sender())) {
            return;
        }
        pending.remove(answer.key());
        guarded(() -> {
            if (answer instanceof EchoMessage.Refusal refusal) {
                echo.outcome().refused(refusal.words());
            } else {
                echo.outcome().replied(nowNanos);
            }
        });
    }

    private void runTasks() {
        for (var task = nextTask(); task != null; task = nextTask()) {
            guarded(task);
        }
    }

    private @Nullable Runnable nextTask() {
        synchronized (tasks) {
            var task = tasks.poll();
            if (task == null && !over) {
                wakeup.reset();
            }
            return task;
        }
    }

    private void fireTimers() {
        while (!timers.isEmpty() && timers.element().atNanos() - System.nanoTime() <= 0) {
            guarded(timers.remove().action());
        }
    }

    private int timeoutMillis() {
        var next = timers.peek();
        if (next == null) {
            return Poller.FOR_EVER;
        }
        long left = TimeUnit.NANOSECONDS.toMillis(next.atNanos() - System.nanoTime() + 999_999);
        return (int) Math.max(0, Math.min(left, 60_000));
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("ping: unexpected failure", e);
        }
    }
}
