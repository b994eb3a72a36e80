package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.spi.host.Host;
import io.halcyon.spi.transport.Channel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** Takeovers of one router that are none: what a real one needs was in use a moment ago. Owned by the loop. */
final class Rehearsal {

    /** A manager that has many tells of about so many with one call. */
    private static final int AT_ONCE = 125;

    /** Each rehearsal is over by then. */
    private static final long MANDATE_NANOS = 60_000_000_000L;

    private final VipAccount account;
    private final Announcer announcer;
    private final Host host;
    private final IntConsumer none;
    private boolean done;

    /**
     * None yet.
     *
     * @param sent told that nothing was announced
     */
    Rehearsal(VipAccount account, Announcer announcer, Host host, IntConsumer sent) {
        this.account = account;
        this.announcer = announcer;
        this.host = host;
        none = count -> sent.accept(0);
    }

    /** With all addresses, the first time only. */
    void first(Map<String, Channel> channels, RouterSettings settings) {
        if (!done) {
            done = true;
            some(channels, settings, settings.addresses());
        }
    }

    /** With as many addresses as it takes to go every way. */
    void many(Map<String, Channel> channels, RouterSettings settings) {
        List<VirtualAddress> all = settings.addresses();
        some(channels, settings, all.subList(0, Math.min(all.size(), 2 * AT_ONCE)));
    }

    private void some(Map<String, Channel> channels, RouterSettings settings, List<VirtualAddress> addresses) {
        account.order(new Takeover(addresses, settings.leaseSeconds(), 0).rehearsed());
        Map<String, Channel> quiet = new HashMap<>();
        channels.forEach((name, channel) -> quiet.put(name, new QuietChannel(channel)));
        announcer.rehearse(() -> {
            Mandate mandate = new Mandate(host);
            mandate.begin(MANDATE_NANOS, 1);
            // More than one round: repetitions take another way.
            Burst burst = new Burst(announcer, settings, quiet, mandate, 2, 2, none);
            for (int from = 0; from < addresses.size(); from += AT_ONCE) {
                burst.announceNew(addresses.subList(from, Math.min(from + AT_ONCE, addresses.size())));
            }
        });
        announcer.hurry();
    }

    /** With one address, all of it on other threads: it takes the loop no time that a takeover would miss. */
    void one(Map<String, Channel> channels, RouterSettings settings) {
        if (settings.addresses().isEmpty()) {
            return;
        }
        VirtualAddress first = settings.addresses().get(0);
        account.order(kernel -> kernel.rehearse(List.of(first), settings.leaseSeconds()));
        Channel channel = channels.get(settings.interfaceOf(first));
        if (channel != null) {
            announcer.announce(
                    new Announcer.Job(new QuietChannel(channel), List.of(first.address()), 1, job -> true, none));
        }
    }
}
