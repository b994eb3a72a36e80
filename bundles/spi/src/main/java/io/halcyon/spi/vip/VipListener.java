package io.halcyon.spi.vip;

import io.halcyon.api.net.VirtualAddress;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Hears how orders ended and what others did to our addresses. Calls must return at once. */
@ConsumerType
public interface VipListener {

    /** These are in the kernel now (added, adopted, or foreign and already there). Called for each batch. */
    void onInstalled(List<VirtualAddress> addresses);

    /**
     * Packets for these are taken and answered from now on, although they are not installed yet: clients may be told. Called
     * for each batch, between the order to hold and {@link #onInstalled}, or not at all. To tell them of as many addresses on the
     * calling thread is not too long.
     */
    default void onReachable(List<VirtualAddress> addresses) {}

    /**
     * A batch of renewals is in the kernel: the leases of what is held count from here.
     *
     * @param atBoottimeNanos moment before the first of them was sent, on {@code CLOCK_BOOTTIME}
     */
    void onRenewed(long atBoottimeNanos);

    /**
     * Addresses of ours are there that a run left behind without having given up.
     *
     * @param provenAgoNanos how long ago the last of them was held or renewed, which a master does right after it
     *     advertised
     */
    void onLeftOvers(long provenAgoNanos);

    /** An order to hold or to renew was dropped: it was taken up after its latest permissible time. */
    void onLate();

    /** These are out of the kernel now, or were never ours to remove, or another router holds them. */
    void onReleased(List<VirtualAddress> addresses);

    /**
     * Something that an operator must know about an address: removed by somebody else and restored, not added, foreign.
     *
     * @param what a sentence without the address
     * @param restored whether all is well again
     */
    void onTrouble(VirtualAddress address, String what, boolean restored);

    /**
     * An address went because nobody said any more that its router is master: its lease is over.
     *
     * @param what a sentence without the address
     */
    default void onLeaseLost(VirtualAddress address, String what) {
        onTrouble(address, what, false);
    }
}
