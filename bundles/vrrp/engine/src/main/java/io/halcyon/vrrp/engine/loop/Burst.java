package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.spi.transport.Channel;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A time as master during which addresses are announced; a new object for each. Thread-safe. */
final class Burst {

    private final Map<String, Channel> channels;
    private final int rounds;
    private final IntConsumer sent;
    private final Set<VirtualAddress> begun;
    private volatile boolean over;

    /**
     * Of whatever the kernel will have.
     *
     * @param addresses how many there may be: growing takes time when there is none
     * @param channels where, by name of the interface
     * @param rounds how often
     * @param sent told how many were announced
     */
    Burst(int addresses, Map<String, Channel> channels, int rounds, IntConsumer sent) {
        begun = ConcurrentHashMap.newKeySet(addresses);
        this.channels = channels;
        this.rounds = rounds;
        this.sent = sent;
    }

    /** Whether nobody has begun to announce it; from now on somebody has. */
    boolean begin(VirtualAddress address) {
        return begun.add(address);
    }

    /** It is announced once more. */
    void beginAgain(VirtualAddress address) {
        begun.remove(address);
    }

    /** Null where nothing is announced. */
    @Nullable
    Channel channel(String networkInterface) {
        return channels.get(networkInterface);
    }

    Announcer.Job job(Channel channel, List<InetAddress> addresses) {
        return new Announcer.Job(channel, addresses, rounds, () -> !over, sent);
    }

    /** What is queued is not sent any more. */
    void end() {
        over = true;
    }
}
