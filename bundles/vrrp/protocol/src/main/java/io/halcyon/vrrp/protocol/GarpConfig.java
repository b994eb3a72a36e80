package io.halcyon.vrrp.protocol;

/**
 * When a master announces its addresses by gratuitous ARP, keepalived's {@code garp_master_*} and {@code garp_lower_prio_*}.
 *
 * @param delayNanos from becoming master to the second burst, 0 for none
 * @param repeat rounds of the first and of the second burst
 * @param refreshNanos period of announcements while master, 0 for none
 * @param refreshRepeat rounds of each of those
 * @param lowerPriorityDelayNanos from an advertisement of lower priority to the second burst it causes, 0 for none
 * @param lowerPriorityRepeat rounds of both bursts it causes, 0 for no announcement
 * @param deadLeaseNanos how long a master that died may keep the addresses; so long they are announced each second, 0 for
 *     not at all
 */
public record GarpConfig(
        long delayNanos,
        int repeat,
        long refreshNanos,
        int refreshRepeat,
        long lowerPriorityDelayNanos,
        int lowerPriorityRepeat,
        long deadLeaseNanos) {

    /** keepalived's defaults: five at once, five more after five seconds, no refresh. */
    public static final GarpConfig DEFAULT = new GarpConfig(5_000_000_000L, 5, 0, 1, 5_000_000_000L, 5, 0);

    public GarpConfig {
        if (delayNanos < 0
                || refreshNanos < 0
                || lowerPriorityDelayNanos < 0
                || lowerPriorityRepeat < 0
                || deadLeaseNanos < 0) {
            throw new IllegalArgumentException("delays and repeats are not negative");
        }
        repeat = Math.max(1, repeat);
        refreshRepeat = Math.max(1, refreshRepeat);
    }
}
