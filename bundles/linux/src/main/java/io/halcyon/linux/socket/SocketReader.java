package io.halcyon.linux.socket;

import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;
import io.halcyon.linux.Urgency;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One thread that waits for several sockets of one interface and reads them.
 *
 * <p>The thread waits without taking anything off a queue. Reading happens under the lock, by that thread or by whoever
 * drains, so packets are handed over in order and {@link #close} knows when nobody is being called any more.
 */
public final class SocketReader {

    /** A full queue holds fewer; whoever drains under a flood gets away after this many. */
    private static final int MOST_AT_ONCE = 16_384;

    private static final int DOWN_CHECK_MILLIS = 250;

    // Fair, so that a flood that keeps the thread reading cannot keep a caller of drain out.
    private final ReentrantLock lock = new ReentrantLock(true);
    private final String name;
    private final Supplier<LinkState> link;
    private final Consumer<String> broken;
    private final List<Source> sources;
    private final Wakeup wakeup;
    private final Poller poller;
    private final Thread thread;
    private volatile boolean down;
    private volatile boolean over;

    /**
     * A reader that reads only when it is asked to, until {@link #start}.
     *
     * @param name of the interface
     * @param link how the interface is now
     * @param wakeup the reader's; its owner closes it
     * @param sources in the order in which they are read; owned by the caller
     * @param broken hears once why the interface cannot be read any more
     */
    public SocketReader(
            String name, Supplier<LinkState> link, Wakeup wakeup, List<Source> sources, Consumer<String> broken) {
        this.name = name;
        this.link = link;
        this.wakeup = wakeup;
        this.sources = List.copyOf(sources);
        this.broken = broken;
        Pollable[] pollables = new Pollable[sources.size() + 1];
        for (int i = 0; i < sources.size(); i++) {
            pollables[i] = sources.get(i).socket();
        }
        pollables[sources.size()] = wakeup;
        poller = new Poller(pollables);
        thread = new Thread(this::receive, "vrrp-rx-" + name);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Reads everything that has arrived. */
    public void drain() {
        lock.lock();
        try {
            read();
        } finally {
            lock.unlock();
        }
    }

    /** Changes what the sources look for while nobody reads them; not after the end. */
    public void change(Change change) throws IOException {
        lock.lock();
        try {
            if (!over) {
                change.run();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread. When it returns, nobody is being called or will be, and no socket is in use. */
    public void close() {
        lock.lock();
        try {
            over = true;
        } finally {
            lock.unlock();
        }
        wakeup.wake();
        awaitEnd();
    }

    private void receive() {
        try {
            Urgency.ofProcess().claim(true);
            while (!over) {
                boolean something = poller.await(down ? DOWN_CHECK_MILLIS : Poller.FOR_EVER);
                lock.lock();
                try {
                    if (!read() && something) {
                        // Some sockets keep to themselves why they wake us.
                        look();
                    }
                } finally {
                    lock.unlock();
                }
            }
        } catch (IOException failure) {
            breakWith(failure.getMessage());
        } catch (RuntimeException | Error failure) {
            // Whatever it was: who hears nothing and does not know becomes a second master.
            breakWith("the listener failed: " + failure);
        }
    }

    /** Whether there was anything to read. */
    private boolean read() {
        boolean any = false;
        try {
            for (Source source : sources) {
                any |= readAll(source);
            }
            if (down) {
                look();
            }
        } catch (IOException failure) {
            look();
            if (!(failure instanceof LinuxException refused && refused.errno() == Errno.ENETDOWN)) {
                breakWith(failure.getMessage());
            }
        }
        return any;
    }

    private boolean readAll(Source source) throws IOException {
        int left = MOST_AT_ONCE;
        while (!over && left > 0 && source.readOne()) {
            left--;
        }
        return left < MOST_AT_ONCE;
    }

    /** The kernel says once that the interface went down, but not when it vanishes after that. */
    private void look() {
        if (over) {
            return;
        }
        LinkState state = link.get();
        down = state == LinkState.DOWN;
        if (state == LinkState.GONE) {
            breakWith("interface " + name + " is gone");
        }
    }

    private void breakWith(@Nullable String cause) {
        lock.lock();
        try {
            if (!over) {
                over = true;
                broken.accept(String.valueOf(cause));
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitEnd() {
        // A listener that closes its own channel is called by the thread that ends after it.
        boolean interrupted = false;
        while (thread.isAlive() && thread != Thread.currentThread()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What {@link #change} does. */
    @FunctionalInterface
    public interface Change {
        void run() throws IOException;
    }
}
