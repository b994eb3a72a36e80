package io.halcyon.vrrp.engine.loop;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The priorities that peers of one router ever advertised. Owned by the loop. */
final class HeardPeers {

    private static final int OWNER = 255;
    /** More than any network has; who forges more is no reason to remember more. */
    private static final int MOST = 256;

    private record Heard(int priority, InetAddress address) {

        /** Who wins an election: the higher priority, of equal ones the higher address. */
        boolean losesTo(int ours, InetAddress source) {
            return ours > priority
                    || (ours == priority && Arrays.compareUnsigned(source.getAddress(), address.getAddress()) > 0);
        }
    }

    private final Set<Heard> heard = new LinkedHashSet<>();

    void add(int priority, InetAddress address) {
        if (heard.size() < MOST) {
            heard.add(new Heard(priority, address));
        }
    }

    boolean isEmpty() {
        return heard.isEmpty();
    }

    /**
     * Whether it may depend on our trackers who of us and a peer is master.
     *
     * <p>A peer is mostly heard when all is well with it, and it mostly has the same trackers. So they may take as much from
     * what it advertised as ours may take from us: of 101 and 100 with weight 2 each, the second hears 103 only, which its
     * 100 to 102 never reach, and is master nevertheless when the first is down to 101.
     *
     * @param low what trackers can make of our priority at worst
     * @param high and at best
     * @param source our address
     */
    boolean dependsOn(int low, int high, InetAddress source) {
        int swing = high - low;
        return heard.stream().anyMatch(best -> {
            int worst = best.priority() == OWNER ? OWNER : Math.max(1, best.priority() - swing);
            for (int priority = worst; priority <= best.priority(); priority++) {
                Heard peer = new Heard(priority, best.address());
                if (peer.losesTo(high, source) && !peer.losesTo(low, source)) {
                    return true;
                }
            }
            return false;
        });
    }

    @Override
    public String toString() {
        return heard.stream()
                .map(Heard::priority)
                .distinct()
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
    }
}
