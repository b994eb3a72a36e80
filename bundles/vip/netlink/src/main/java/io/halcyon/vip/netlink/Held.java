package io.halcyon.vip.netlink;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.linux.netlink.KernelAddress;

/** One address that an account wants. Belongs to thread {@code vip-netlink}. */
final class Held {

    /** What we know of it in the kernel. */
    enum State {
        MISSING,
        PRESENT,
        FOREIGN
    }

    final Account account;
    final VirtualAddress address;
    final String dev;
    /** Until its account wants it no more. */
    boolean wanted = true;

    State state = State.MISSING;
    /** Interface on which it was found or put last, 0 for none. */
    int index;

    String note = "";
    /** Whether the listener knows of a trouble that is not over. */
    boolean troubled;

    int losses;
    long firstLossNanos;

    Held(Account account, VirtualAddress address) {
        this.account = account;
        this.address = address;
        this.dev = account.interfaceOf(address);
    }

    KernelAddress.Key key() {
        return new KernelAddress.Key(index, address.address(), address.prefixLength());
    }

    KernelAddress.Key identity() {
        return key().identity();
    }

    /** Whether the kernel can have but one of them: of IPv4 addresses it has one for each prefix length. */
    boolean isSameInKernel(Held other) {
        boolean samePrefix = address.isIpv6() || address.prefixLength() == other.address.prefixLength();
        return samePrefix && dev.equals(other.dev) && address.address().equals(other.address.address());
    }

    boolean in(State wanted) {
        return state == wanted;
    }

    /** Still there, or there again. */
    void present() {
        if (state == State.PRESENT) {
            return;
        }
        state = State.PRESENT;
        note = "";
        if (troubled) {
            troubled = false;
            account.listener.onTrouble(address, "is there again", true);
        }
    }

    /** Reports a trouble once; the same trouble again is no news. */
    void trouble(State now, String what) {
        if (isNews(now, what)) {
            account.listener.onTrouble(address, what, false);
        }
    }

    /** The kernel took it away, as it should when nobody renews. */
    void leaseOver() {
        String what = "was removed by the kernel, its lease ran out";
        if (isNews(State.MISSING, what)) {
            account.listener.onLeaseLost(address, what);
        }
    }

    private boolean isNews(State now, String what) {
        boolean news = !what.equals(note);
        state = now;
        note = what;
        troubled |= news;
        return news;
    }
}
