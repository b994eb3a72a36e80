package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.spi.transport.Channel;
import io.halcyon.spi.vip.VipListener;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one router: orders to the VIP manager, renewals of the lease, announcements of what is in the kernel.
 *
 * <p>Orders come from the loop. The manager answers on a thread of its own, from which the announcer is fed directly: an
 * address is announced as soon as the kernel has it, whatever the loop is doing.
 */
final class HeldAddresses implements VipListener {

    private static final long RENEWAL_PERIOD_NANOS = 1_000_000_000L;
    private static final long SECOND_NANOS = 1_000_000_000L;
    /** A little for the last address to go. */
    private static final long LAST_ADDRESS_NANOS = 100_000_000L;

    /** Hears of troubles, on the loop's thread. */
    interface Troubles {
        void trouble(VirtualAddress address, String what, boolean restored);

        void leaseLost(VirtualAddress address, String what);

        /** An order to hold or to renew was dropped. */
        void renewalLate();
    }

    private final LoopContext context;
    private final Counters counters;
    private final Troubles troubles;
    private final LongConsumer leftOvers;
    private final IntConsumer sent;
    private final Set<VirtualAddress> installed;
    private final Mandate mandate;
    private volatile @Nullable Burst burst;

    private volatile RouterSettings settings;

    // owned by the loop
    private final VipAccount account;
    private boolean holding;
    private final Rehearsal rehearsal;
    private boolean orderWasLate;
    private long lastRenewalNanos;

    /** Tells of its addresses on the loop's thread: troubles, and how long ago left-overs of a crashed run were proven. */
    HeldAddresses(
            LoopContext context,
            RouterSettings settings,
            Counters counters,
            Troubles troubles,
            LongConsumer leftOvers) {
        this.context = context;
        this.settings = settings;
        installed = ConcurrentHashMap.newKeySet(settings.addressCount());
        this.counters = counters;
        this.troubles = troubles;
        this.leftOvers = leftOvers;
        sent = count -> counters.add("garp.sent", count);
        // What a run that ended badly left behind, the router is told of.
        account = new VipAccount(
                context.vips(),
                context.orders(),
                settings,
                this,
                kernel -> kernel.lookForLeftOvers(this.settings.addresses()));
        mandate = new Mandate(context.host());
        rehearsal = new Rehearsal(account, context.announcer(), context.host(), sent);
    }

    /**
     * Takes over new settings; a master holds the new addresses and no others at once.
     *
     * @return whether there are some that were not there before
     */
    boolean reconfigure(RouterSettings next, boolean master, long intervalNanos) {
        boolean more = !new HashSet<>(settings.addresses()).containsAll(next.addresses());
        boolean same = settings.addresses().equals(next.addresses()) && settings.leaseSeconds() == next.leaseSeconds();
        List<VirtualAddress> dropped = new ArrayList<>(settings.addresses());
        dropped.removeAll(next.addresses());
        settings = next;
        if (master && !same) {
            hold(intervalNanos);
        } else if (holding && !dropped.isEmpty()) {
            // In the middle of a handover, which will release only what is configured now.
            account.order(kernel -> kernel.release(dropped));
        }
        return more;
    }

    /** Who takes the orders. */
    VipAccount account() {
        return account;
    }

    boolean holding() {
        return holding;
    }

    boolean isInstalled(VirtualAddress address) {
        return installed.contains(address);
    }

    void hold(long intervalNanos) {
        holding = true;
        orderWasLate = false;
        lastRenewalNanos = context.host().monotonicNanos();
        // They may have gone during a stall: only what the manager says from here on is announced.
        installed.clear();
        account.order(Takeover.of(settings, beginMandate(intervalNanos)));
    }

    /** Goes through a takeover that is none, once: the first real one is to find its code loaded. */
    void rehearse(Map<String, Channel> channels) {
        rehearsal.first(channels, settings);
    }

    /** The same with no more addresses than it takes, as often as wanted. */
    void practise(Map<String, Channel> channels) {
        rehearsal.many(channels, settings);
    }

    /** The same with one address. */
    void rehearseAgain(Map<String, Channel> channels) {
        rehearsal.one(channels, settings);
    }

    /**
     * After each advertisement: renews in step with it, at most about once a second. A renewal that the manager takes up
     * later than two intervals from now is dropped: a peer may be master by then. As long as addresses are missing or to be
     * announced, each advertisement gives that time anew: a thousand addresses take longer than two short intervals.
     */
    void advertised(long intervalNanos) {
        long latestNanos = beginMandate(intervalNanos);
        Burst now = burst;
        if (now != null) {
            now.resume();
        }
        if (holding && !orderWasLate && installed.size() < settings.addressCount()) {
            account.order(kernel -> kernel.proven(latestNanos));
        }
        if (holding && orderWasLate) {
            // Also without a lease: a hold that was dropped would never come again.
            hold(intervalNanos);
        } else if (holding && settings.leaseSeconds() > 0 && renewalIsDue(intervalNanos)) {
            lastRenewalNanos = context.host().monotonicNanos();
            account.order(kernel -> kernel.renew(latestNanos));
        }
    }

    private boolean renewalIsDue(long intervalNanos) {
        long sinceNanos = context.host().monotonicNanos() - lastRenewalNanos;
        return intervalNanos >= RENEWAL_PERIOD_NANOS || sinceNanos + intervalNanos / 2 >= RENEWAL_PERIOD_NANOS;
    }

    /**
     * One last renewal, whatever the period says.
     *
     * @param handoverNanos until when somebody may take over; it covers this, however short the lease was set
     */
    void renewToLeave(long intervalNanos, long handoverNanos) {
        if (holding && settings.leaseSeconds() > 0) {
            long latestNanos = beginMandate(intervalNanos);
            long coverSeconds = (handoverNanos + LAST_ADDRESS_NANOS + SECOND_NANOS - 1) / SECOND_NANOS;
            long leaseSeconds = Math.max(settings.leaseSeconds(), coverSeconds);
            account.order(kernel -> kernel.renewToLeave(leaseSeconds, latestNanos));
        }
    }

    private long beginMandate(long intervalNanos) {
        return mandate.begin(intervalNanos, settings.protocol().downTimerAdverts());
    }

    /** Answers nobody any more who resolves an address: another node does. */
    void silence() {
        List<VirtualAddress> ours = settings.addresses();
        account.order(kernel -> kernel.silence(ours));
    }

    /** Takes some addresses away, or all of them if none are named. */
    void release(Collection<InetAddress> addresses) {
        Set<InetAddress> named = new HashSet<>(addresses);
        List<VirtualAddress> gone = settings.addresses().stream()
                .filter(address -> named.isEmpty() || named.contains(address.address()))
                .toList();
        if (named.isEmpty() || gone.size() == settings.addresses().size()) {
            holding = false;
        }
        account.order(kernel -> kernel.release(gone));
    }

    /** Announces every address now, those that are not in the kernel yet as soon as they are. */
    void announce(Map<String, Channel> channels, int rounds) {
        Burst last = burst;
        endBurst();
        // What is not there yet is owed what the first one promised, and not only the repetitions that follow it.
        int owed = last == null ? rounds : Math.max(rounds, last.owed());
        Burst next = new Burst(context.announcer(), settings, channels, mandate, rounds, owed, sent);
        burst = next;
        next.announceFirst(List.copyOf(installed));
    }

    /** Ends announcing: what is queued is not sent any more. */
    void endBurst() {
        Burst last = burst;
        if (last != null) {
            last.end();
        }
        burst = null;
    }

    void close() {
        endBurst();
        account.close();
    }

    @Override
    public void onInstalled(List<VirtualAddress> addresses) {
        installed.addAll(addresses);
        Burst now = burst;
        if (now != null) {
            now.announceInstalled(addresses, installed.size() >= settings.addressCount());
        }
    }

    /** Whoever is not announced now, because it is too early for that, is announced when it is there. */
    @Override
    public void onReachable(List<VirtualAddress> addresses) {
        Burst now = burst;
        if (now != null) {
            now.announceReachable(addresses);
        }
    }

    @Override
    public void onReleased(List<VirtualAddress> addresses) {
        addresses.forEach(installed::remove);
    }

    @Override
    public void onTrouble(VirtualAddress address, String what, boolean restored) {
        Burst now = burst;
        if (restored && now != null) {
            now.announceAgain(address);
        }
        context.mailbox().accept(() -> troubles.trouble(address, what, restored));
    }

    @Override
    public void onLeaseLost(VirtualAddress address, String what) {
        context.mailbox().accept(() -> troubles.leaseLost(address, what));
    }

    @Override
    public void onRenewed(long atBoottimeNanos) {
        counters.count("lease.renewed");
    }

    @Override
    public void onLeftOvers(long provenAgoNanos) {
        long at = context.host().monotonicNanos();
        context.mailbox()
                .accept(() -> leftOvers.accept(provenAgoNanos + context.host().monotonicNanos() - at));
    }

    @Override
    public void onLate() {
        counters.count("lease.late");
        context.mailbox().accept(() -> {
            orderWasLate = true;
            troubles.renewalLate();
        });
    }
}
