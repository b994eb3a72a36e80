package io.halcyon.spi.vip;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Puts virtual addresses where packets find them and takes them away. Thread-safe. Register it as a service.
 *
 * <p>The manager knows what is wanted, reads what there is, and repairs the difference (an address removed by somebody
 * else comes back). An address that was there before it was asked for is foreign: never replaced, never removed.
 */
@ConsumerType
public interface VipManager {

    /** Value of a router's configuration key {@code vip}, such as {@code netlink}. */
    String name();

    /**
     * Whether the kernel takes the addresses away by itself when nobody renews their lease. Without that, a renewal only
     * says that the router is master still, and a dead daemon's addresses stay until somebody else takes them.
     */
    default boolean kernelLease() {
        return true;
    }

    /**
     * Opens the account of one router.
     *
     * @param owner name of the router
     * @param defaultInterface interface of addresses without a {@code dev}
     * @param listener called from the manager's thread; must return at once
     */
    AddressSet open(String owner, String defaultInterface, VipListener listener);

    /**
     * Whether {@link #open} and every call of an {@link AddressSet} return at once whatever the kernel, a disk or another
     * program does, as they do where calls only leave orders for a thread of the manager's own. Then the protocol's thread
     * calls it itself, which saves a takeover the way to another thread. A manager that promises it and blocks silences
     * every router.
     */
    default boolean neverBlocks() {
        return false;
    }

    /**
     * How long a manager of this kind may take to put addresses from when it was told to, in milliseconds. So long, at most
     * 5 s, a node that another one replaces keeps them after that one's first advertisement, unless it hears them announced
     * before.
     */
    default long takeoverMillis() {
        return 200;
    }

    /** What it cannot do on this host and what would cure that, a sentence each; returns at once. */
    default List<String> limits() {
        return List.of();
    }
}
