package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.spi.transport.Channel;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/** A time as master during which addresses are announced; a new object for each. Thread-safe. */
final class Burst {

    private final Announcer announcer;
    private final RouterSettings places;
    private final Map<String, Channel> channels;
    private final int rounds;
    private final IntConsumer sent;
    private final Set<VirtualAddress> begun;
    private volatile boolean over;

    /**
     * Of whatever the kernel will have.
     *
     * @param places says where an address lives, and how many there may be
     * @param channels where announcements go, by name of the interface
     * @param rounds how often
     * @param sent told how many were announced
     */
    Burst(Announcer announcer, RouterSettings places, Map<String, Channel> channels, int rounds, IntConsumer sent) {
        this.announcer = announcer;
        this.places = places;
        this.channels = channels;
        this.rounds = rounds;
        this.sent = sent;
        // Large enough from the start: a takeover has no time to let it grow.
        begun = ConcurrentHashMap.newKeySet(places.addressCount());
    }

    /** Announces those that nobody has begun to announce. */
    void announce(Collection<VirtualAddress> addresses) {
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
                announcer.announce(job(channel, list));
            }
        });
    }

    /**
     * The same. Clients wait for the first one: if it comes alone, it leaves on the calling thread, since each way to
     * another thread costs 50 µs.
     */
    void announceFirst(Collection<VirtualAddress> addresses) {
        if (addresses.size() == 1) {
            announceHere(addresses.iterator().next());
        } else {
            announce(addresses);
        }
    }

    private void announceHere(VirtualAddress address) {
        Channel channel = channels.get(places.interfaceOf(address));
        if (channel != null && begun.add(address)) {
            announcer.announceHere(job(channel, List.of(address.address())));
        }
    }

    /** Announces one once more. */
    void announceAgain(VirtualAddress address) {
        begun.remove(address);
        announce(List.of(address));
    }

    private Announcer.Job job(Channel channel, List<InetAddress> addresses) {
        return new Announcer.Job(channel, addresses, rounds, () -> !over, sent);
    }

    /** What is queued is not sent any more. */
    void end() {
        over = true;
    }
}
