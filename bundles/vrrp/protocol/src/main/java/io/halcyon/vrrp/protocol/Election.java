package io.halcyon.vrrp.protocol;

import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Who of two masters yields, and which priorities there are. */
final class Election {

    private static final int HIGHEST_OF_OTHERS = 254;

    private Election() {}

    /**
     * Whether the sender of an advertisement is to be master instead of us: RFC 9568 section 6.4.3, higher priority, or
     * equal priority and a higher address, compared as unsigned numbers.
     */
    static boolean wins(int theirPriority, InetAddress theirs, int ourPriority, @Nullable InetAddress ours) {
        if (theirPriority != ourPriority) {
            return theirPriority > ourPriority;
        }
        return ours != null && Arrays.compareUnsigned(theirs.getAddress(), ours.getAddress()) > 0;
    }

    static String better(int theirPriority, int ourPriority) {
        return theirPriority > ourPriority
                ? " advertises priority " + theirPriority + ", ours is " + ourPriority
                : " advertises our priority " + ourPriority + " and has the higher address";
    }

    /** The owner keeps 255; all others stay within 1-254. */
    static int clamp(int basePriority, int effectivePriority) {
        return basePriority == RouterConfig.OWNER_PRIORITY
                ? basePriority
                : Math.max(Timing.LOWEST_PRIORITY, Math.min(HIGHEST_OF_OTHERS, effectivePriority));
    }
}
