package io.halcyon.itests.lab;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Reads every frame that enters a port of the bridge; the port says which host sent it.
 *
 * <p>A thread of its own reads; everything else may be called from any thread.
 */
public final class Capture implements AutoCloseable {

    private static final int ETH_P_ALL = 3;
    private static final int SOL_PACKET = 263;
    private static final int PACKET_STATISTICS = 6;
    private static final int PACKET_IGNORE_OUTGOING = 23;
    private static final int READ_TIMEOUT_MILLIS = 200;
    private static final long REST_NANOS = 500_000;
    private static final long LONG_REST_NANOS = 10_000_000;
    private static final long DISORDER_NANOS = 1_000_000_000;

    private final Map<Integer, String> ports;
    private final Fd socket;
    private final Thread reader;
    private final List<Frame> frames = new ArrayList<>();
    private volatile Consumer<Frame.ProbeReply> probes = reply -> {};
    private volatile Consumer<Frame.Claim> claims = claim -> {};
    private volatile boolean inBackground;
    private volatile boolean open = true;

    private Capture(Lab lab, Map<Integer, String> ports, int bridgeIndex) {
        this.ports = ports;
        this.socket = Netns.call(lab.bridge().pid(), () -> open(bridgeIndex));
        this.reader = new Thread(this::read, lab.name() + "-capture");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts reading the lab's bridge. */
    public static Capture of(Lab lab) {
        Map<Integer, String> ports = new HashMap<>();
        // "7: h1@if2: <BROADCAST,..."
        lab.bridge().run("ip", "-o", "link").lines().forEach(line -> {
            var words = line.split("[:@ ]+", 3);
            ports.put(Integer.parseInt(words[0]), words[1]);
        });
        int bridgeIndex = ports.entrySet().stream()
                .filter(port -> port.getValue().equals(Lab.SWITCH))
                .findFirst()
                .orElseThrow()
                .getKey();
        ports.values().removeIf(port -> !lab.hostNames().contains(port) && !port.equals(Lab.CLIENT));
        return new Capture(lab, Map.copyOf(ports), bridgeIndex);
    }

    private static Fd open(int bridgeIndex) {
        var socket =
                Fd.socket(Libc.AF_PACKET, Libc.SOCK_RAW, Short.toUnsignedInt(Short.reverseBytes((short) ETH_P_ALL)));
        socket.largeReceiveBuffer();
        socket.option(Libc.SO_TIMESTAMPNS, 1);
        socket.readTimeoutMillis(READ_TIMEOUT_MILLIS);
        // The kernel makes a copy for each who listens, also of what the filter drops.
        socket.option(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1);
        Filter.onlyEntering(socket, bridgeIndex);
        return socket;
    }

    void onProbeReply(Consumer<Frame.ProbeReply> consumer) {
        probes = consumer;
    }

    void onClaim(Consumer<Frame.Claim> consumer) {
        claims = consumer;
    }

    /**
     * From now on reads only while nobody else wants the processor: for thousands of frames in a few milliseconds, which the
     * kernel stamps and keeps. Not beside programs that never rest.
     */
    public void readInBackground() {
        inBackground = true;
    }

    private void read() {
        boolean ordinary = true;
        try (var message = new ReceivedMessage()) {
            while (open) {
                if (inBackground && ordinary) {
                    Libc.sched_setscheduler(0, Libc.SCHED_IDLE, new int[1]);
                    ordinary = false;
                }
                if (message.read(socket)) {
                    take(message);
                    // The kernel stamps each frame. To wake up for each of a thousand would only take time from the
                    // daemons.
                    LockSupport.parkNanos(inBackground ? LONG_REST_NANOS : REST_NANOS);
                    while (message.readNext(socket)) {
                        take(message);
                    }
                }
            }
        } finally {
            socket.close();
        }
    }

    private void take(ReceivedMessage message) {
        var host = ports.get(message.interfaceIndex());
        if (host == null) {
            return; // the bridge device itself
        }
        var frame = Decoder.decode(message.frame(), message.at(), host);
        if (frame instanceof Frame.ProbeReply reply) {
            probes.accept(reply);
        } else if (frame instanceof Frame.Claim claim) {
            claims.accept(claim);
        } else if (frame != null) {
            synchronized (frames) {
                frames.add(frame);
                frames.notifyAll();
            }
        }
    }

    /** Frames of a kind since a time that the filter lets through, oldest first. */
    public <F extends Frame> List<F> since(long from, Class<F> kind, Predicate<F> filter) {
        synchronized (frames) {
            return frames.subList(firstOf(from), frames.size()).stream()
                    .filter(frame -> frame.at() >= from)
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .filter(filter)
                    .toList();
        }
    }

    /** An index before which all frames are older: those of different ports may be a little out of order. */
    private int firstOf(long from) {
        int index = frames.size();
        while (index > 0 && frames.get(index - 1).at() >= from - DISORDER_NANOS) {
            index--;
        }
        return index;
    }

    public List<Frame.Advert> adverts(long from, Predicate<Frame.Advert> filter) {
        return since(from, Frame.Advert.class, filter);
    }

    /** The first such frame since a time; waits for it. */
    public <F extends Frame> F await(String what, long from, Duration limit, Class<F> kind, Predicate<F> filter) {
        long end = System.nanoTime() + limit.toNanos();
        synchronized (frames) {
            for (int seen = firstOf(from); ; ) {
                for (; seen < frames.size(); seen++) {
                    var frame = frames.get(seen);
                    if (frame.at() >= from && kind.isInstance(frame) && filter.test(kind.cast(frame))) {
                        return kind.cast(frame);
                    }
                }
                waitFor(what, limit, end - System.nanoTime());
            }
        }
    }

    private void waitFor(String what, Duration limit, long leftNanos) {
        if (leftNanos <= 0) {
            throw new LabException("not seen on the wire within " + limit.toMillis() + " ms: " + what);
        }
        try {
            frames.wait(leftNanos / 1_000_000, (int) (leftNanos % 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
    }

    public Frame.Advert awaitAdvert(String what, long from, Duration limit, Predicate<Frame.Advert> filter) {
        return await(what, from, limit, Frame.Advert.class, filter);
    }

    /** Frames that the kernel had to throw away because we were too slow; a case with any proves nothing. */
    public int drops() {
        try (var value = new Memory(8);
                var length = new Memory(4)) {
            length.setInt(0, 8);
            Libc.getsockopt(socket.number(), SOL_PACKET, PACKET_STATISTICS, value, length);
            return value.getInt(4);
        } catch (LastErrorException e) {
            throw new LabException("cannot read the capture's statistics", e);
        }
    }

    @Override
    public void close() {
        open = false;
        try {
            reader.join(5 * READ_TIMEOUT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
