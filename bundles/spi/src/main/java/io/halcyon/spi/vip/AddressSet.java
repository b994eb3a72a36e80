package io.halcyon.spi.vip;

import io.halcyon.api.net.VirtualAddress;
import java.util.Collection;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The addresses of one router. Every call only leaves an order and returns at once; orders are carried out in turn.
 *
 * <p>Times are on {@link io.halcyon.spi.host.Host#boottimeNanos()}: an order to install or renew that is taken up later
 * than its latest permissible time is dropped ({@link VipListener#onLate}), because the master it was meant for may be
 * another node by then.
 */
@ConsumerType
public interface AddressSet {

    /**
     * Makes exactly these addresses wanted: installs what is missing, adopts left-overs of a crashed run, removes those
     * that were wanted before and no longer are. {@link VipListener#onInstalled} tells of each batch.
     *
     * @param addresses all addresses, in the order they are to be installed
     * @param leaseSeconds kernel lifetime, 0 for none
     * @param latestNanos latest permissible time to start
     */
    void hold(Collection<VirtualAddress> addresses, long leaseSeconds, long latestNanos);

    /**
     * Goes through what {@link #hold} would do, without touching an address: the first takeover of a process is to find its
     * code loaded. The listener hears nothing of it. A manager that has nothing to gain does nothing.
     */
    default void rehearse(Collection<VirtualAddress> addresses, long leaseSeconds) {}

    /**
     * The router is master as ever: what {@link #hold} and {@link #renew} still have to do may begin until then. Called with
     * each advertisement while addresses are missing, so it must cost next to nothing. A manager that is done sooner than any
     * latest permissible time does nothing.
     *
     * @param latestNanos latest permissible time to start, for orders given before
     */
    default void proven(long latestNanos) {}

    /**
     * Gives all held addresses their full lease again; does nothing without a lease.
     *
     * @param latestNanos latest permissible time to start
     */
    void renew(long latestNanos);

    /**
     * The last renewal of a node that gives up: what a crash leaves behind after it is no proof of having been master.
     *
     * @param leaseSeconds kernel lifetime from here on, which covers the wait for somebody to take over
     * @param latestNanos latest permissible time to start
     */
    default void renewToLeave(long leaseSeconds, long latestNanos) {
        renew(latestNanos);
    }

    /**
     * Looks for addresses that a crashed run left behind; {@link VipListener#onLeftOvers} tells when they were last held or
     * renewed. A manager that cannot know that does nothing.
     *
     * @param addresses those that this router would hold
     */
    default void lookForLeftOvers(Collection<VirtualAddress> addresses) {}

    /**
     * Another node has these addresses now, while they are still here: packets to them are served, but nobody who resolves
     * them is answered any more. It ends with {@link #release} and with {@link #hold}. A manager that cannot do it does
     * nothing and says so in {@link VipManager#limits}.
     */
    default void silence(Collection<VirtualAddress> addresses) {}

    /**
     * Removes addresses from the kernel, whether held or left over from a crashed run, unless they are foreign.
     * {@link VipListener#onReleased} tells when they are gone.
     */
    void release(Collection<VirtualAddress> addresses);

    /** Closes the account: nothing is maintained any more, nothing is removed; leases run out by themselves. */
    void close();
}
