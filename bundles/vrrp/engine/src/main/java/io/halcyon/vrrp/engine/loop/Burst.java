package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.spi.transport.Channel;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntConsumer;

/** A time as master during which addresses are announced; a new object for each. Thread-safe. */
final class Burst {

    /** With fewer, nothing is left to be announced when all are there. */
    private static final int MANY = 100;

    /** Before each so many, the mandate is looked at. */
    private static final int AT_ONCE = 125;

    private final Announcer announcer;
    private final RouterSettings places;
    private final Map<String, Channel> channels;
    private final Mandate mandate;
    private final int rounds;
    private final int owed;
    private final IntConsumer sent;
    private final Set<VirtualAddress> begun;
    /** What was to be sent when it was too late for that. */
    private final Queue<Announcer.Job> waiting = new ConcurrentLinkedQueue<>();
    /** Whether many were reachable before they were installed, and some are not yet. */
    private volatile boolean helping;

    private volatile boolean over;

    /**
     * Of whatever the kernel will have.
     *
     * @param places says where an address lives, and how many there may be
     * @param channels where announcements go, by name of the interface
     * @param mandate until when it may be announced
     * @param rounds how often what is in the kernel already
     * @param owed how often what comes into it
     * @param sent told how many were announced
     */
    Burst(
            Announcer announcer,
            RouterSettings places,
            Map<String, Channel> channels,
            Mandate mandate,
            int rounds,
            int owed,
            IntConsumer sent) {
        this.announcer = announcer;
        this.places = places;
        this.channels = channels;
        this.mandate = mandate;
        this.rounds = rounds;
        this.owed = owed;
        this.sent = sent;
        // Large enough from the start: a takeover has no time to let it grow.
        begun = ConcurrentHashMap.newKeySet(places.addressCount());
    }

    int owed() {
        return owed;
    }

    /** Announces those that nobody has begun to announce. */
    void announce(Collection<VirtualAddress> addresses) {
        announce(addresses, rounds);
    }

    private void announce(Collection<VirtualAddress> addresses, int times) {
        Map<String, List<InetAddress>> byInterface = new HashMap<>();
        for (VirtualAddress address : addresses) {
            if (begun.add(address)) {
                byInterface
                        .computeIfAbsent(places.interfaceOf(address), name -> new ArrayList<>(addresses.size()))
                        .add(address.address());
            }
        }
        byInterface.forEach((name, list) -> {
            Channel channel = channels.get(name);
            if (channel != null) {
                announceInParts(channel, list, times);
            }
        });
    }

    private void announceInParts(Channel channel, List<InetAddress> addresses, int times) {
        int last = addresses.size();
        // From the end: each goes before what waits.
        while (last > AT_ONCE) {
            announcer.announce(job(channel, addresses.subList(last - AT_ONCE, last), times));
            last -= AT_ONCE;
        }
        announcer.announce(job(channel, addresses.subList(0, last), times));
    }

    /**
     * The same. Clients wait for the first one: if it comes alone, it leaves on the calling thread, since each way to
     * another thread costs 50 µs.
     */
    void announceFirst(Collection<VirtualAddress> addresses) {
        first(addresses, rounds);
    }

    /** The same with what has come into the kernel now. */
    void announceNew(Collection<VirtualAddress> addresses) {
        first(addresses, owed);
    }

    /**
     * The same, for the manager that installs them.
     *
     * @param all whether none is missing any more
     */
    void announceInstalled(Collection<VirtualAddress> addresses, boolean all) {
        announceNew(addresses);
        if (helping || (all && places.addressCount() >= MANY)) {
            announcer.hurry();
        }
        if (helping) {
            announcer.help();
            helping = !all;
        }
    }

    /** What is to be installed, but can be reached already. */
    void announceReachable(Collection<VirtualAddress> addresses) {
        announceNew(addresses);
        if (addresses.size() >= MANY) {
            // Clients wait for this, and nobody for what the calling thread does next.
            helping = true;
            for (int done = 0; done < addresses.size(); done += AT_ONCE) {
                announcer.help();
            }
        }
    }

    private void first(Collection<VirtualAddress> addresses, int times) {
        if (addresses.size() == 1) {
            announceHere(addresses.iterator().next(), times);
        } else {
            announce(addresses, times);
        }
    }

    private void announceHere(VirtualAddress address, int times) {
        Channel channel = channels.get(places.interfaceOf(address));
        if (channel != null && begun.add(address)) {
            announcer.announceHere(job(channel, List.of(address.address()), times));
        }
    }

    /** Announces one once more. */
    void announceAgain(VirtualAddress address) {
        begun.remove(address);
        announce(List.of(address));
    }

    private Announcer.Job job(Channel channel, List<InetAddress> addresses, int times) {
        return new Announcer.Job(channel, addresses, times, this::mayGo, sent);
    }

    private boolean mayGo(Announcer.Job job) {
        if (over) {
            return false;
        }
        if (mandate.isOver()) {
            waiting.add(job);
            return false;
        }
        return true;
    }

    /** The mandate has begun anew: sends what waits for that. */
    void resume() {
        for (Announcer.Job job = waiting.poll(); job != null; job = waiting.poll()) {
            announcer.announce(job);
        }
    }

    /** What is queued is not sent any more. */
    void end() {
        over = true;
    }
}
