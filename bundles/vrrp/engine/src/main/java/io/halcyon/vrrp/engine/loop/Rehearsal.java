package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.spi.transport.Channel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takeovers of one router that are none: what a real one needs was in use a moment ago. Owned by the loop. */
final class Rehearsal {

    private final VipAccount account;
    private final Announcer announcer;
    private boolean done;

    /** None yet. */
    Rehearsal(VipAccount account, Announcer announcer) {
        this.account = account;
        this.announcer = announcer;
    }

    /** With all addresses, the first time only. */
    void all(Map<String, Channel> channels, RouterSettings settings) {
        if (done) {
            return;
        }
        done = true;
        account.order(Takeover.of(settings, 0).rehearsed());
        Map<String, Channel> quiet = new HashMap<>();
        channels.forEach((name, channel) -> quiet.put(name, new QuietChannel(channel)));
        // More than once: repetitions take another way.
        new Burst(announcer, settings, quiet, 2, 2, count -> {}).announce(settings.addresses());
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
                    new Announcer.Job(new QuietChannel(channel), List.of(first.address()), 1, () -> true, count -> {}));
        }
    }
}
