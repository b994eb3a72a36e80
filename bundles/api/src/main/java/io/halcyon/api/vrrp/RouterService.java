package io.halcyon.api.vrrp;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Reads virtual routers and gives them commands. Thread-safe; each call waits at most two seconds for the loop and throws
 * {@link IllegalStateException} if there is no answer by then.
 *
 * <p>A command for a router that does not exist, or one that makes no sense in its state, throws
 * {@link IllegalArgumentException} with a sentence for the person who typed it.
 */
@ProviderType
public interface RouterService {

    /** All routers, by name. */
    List<RouterStatus> routers();

    /** The router of that name. */
    Optional<RouterStatus> router(String name);

    /** Why the router is in its state and what would change it. */
    RouterExplanation explain(String name);

    /**
     * Overrides the base priority.
     *
     * @param priority 1-254, or 0 to return to the configured one
     * @param save whether the override survives a restart
     */
    void priority(String name, int priority, boolean save);

    /** Hands the addresses over to a backup now; refused unless the router is {@code MASTER}. */
    void failover(String name);
}
