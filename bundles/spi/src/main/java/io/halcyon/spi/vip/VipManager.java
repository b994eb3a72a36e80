package io.halcyon.spi.vip;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Puts virtual addresses into the kernel and takes them out. Thread-safe.
 *
 * <p>The manager knows what is wanted, reads what there is, and repairs the difference (an address removed by somebody
 * else comes back). An address that was there before it was asked for is foreign: never replaced, never removed.
 */
@ConsumerType
public interface VipManager {

    /**
     * Opens the account of one router.
     *
     * @param owner name of the router
     * @param defaultInterface interface of addresses without a {@code dev}
     * @param listener called from the manager's thread; must return at once
     */
    AddressSet open(String owner, String defaultInterface, VipListener listener);

    /** What it cannot do on this host and what would cure that, a sentence each; returns at once. */
    default List<String> limits() {
        return List.of();
    }
}
