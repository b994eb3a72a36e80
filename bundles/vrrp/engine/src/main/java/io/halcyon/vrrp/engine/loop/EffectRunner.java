package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.vrrp.protocol.AdvertisementCodec;
import io.halcyon.vrrp.protocol.Effect;
import io.halcyon.vrrp.protocol.RouterConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Carries out what the state machine of one router wants done, in its order. Owned by the loop. */
final class EffectRunner {

    private final LoopRouter router;
    private final Counters counters;
    private final Counters faults;
    /** The last advertisement and what it was made of: usually the next one is the same. */
    private byte[] message = {};

    private @Nullable RouterConfig messageConfig;
    private @Nullable InetAddress messageSource;
    private int messagePriority;
    private boolean failing;

    EffectRunner(LoopRouter router, Counters counters, Counters faults) {
        this.router = router;
        this.counters = counters;
        this.faults = faults;
    }

    void carryOut(Effect effect) {
        if (effect instanceof Effect.Send send) {
            advertise(send.priority());
        } else if (effect instanceof Effect.Acquire) {
            router.addresses().hold(intervalNanos());
        } else if (effect instanceof Effect.Announce announce) {
            announce(announce.rounds());
        } else if (effect instanceof Effect.Release release) {
            router.addresses().release(release.addresses());
        } else if (effect instanceof Effect.WatchAnnouncements watch) {
            watchAnnouncements(watch.on());
        } else if (effect instanceof Effect.Transition transition) {
            transition(transition);
        } else if (effect instanceof Effect.Note note) {
            router.journal().note(note);
        } else if (effect instanceof Effect.Refuse refuse) {
            faults.count(refuse.fault().name());
        } else if (effect instanceof Effect.Count count) {
            faults.count(count.fault().name());
        } else if (effect instanceof Effect.Stopped) {
            router.stopped();
        } else {
            throw new AssertionError(effect);
        }
    }

    private void advertise(int priority) {
        try {
            send(priority);
            failing = false;
        } catch (IOException e) {
            counters.count("adverts.failed");
            if (!failing) {
                router.journal().failed("cannot send an advertisement: " + e.getMessage());
            }
            failing = true;
            return;
        }
        if (priority > 0) {
            counters.count("adverts.sent");
            router.addresses().advertised(intervalNanos());
        } else {
            counters.count("priority.zero.sent");
            router.addresses().endBurst();
            router.addresses().renew(intervalNanos());
        }
    }

    private void send(int priority) throws IOException {
        InetAddress source = router.source();
        if (source == null) {
            throw new IOException("there is no source address");
        }
        RouterConfig config = router.machine().config();
        if (!config.equals(messageConfig) || !source.equals(messageSource) || priority != messagePriority) {
            message = AdvertisementCodec.encode(config, priority, source);
            messageConfig = config;
            messageSource = source;
            messagePriority = priority;
        }
        router.attachment().channel().send(source, message);
    }

    private long intervalNanos() {
        return router.machine().advertIntervalNanos();
    }

    private void announce(int rounds) {
        try {
            router.addresses().announce(router.attachment().announcing(), rounds);
        } catch (IOException e) {
            router.journal().failed("cannot announce addresses: " + e.getMessage());
        }
    }

    private void watchAnnouncements(boolean on) {
        List<InetAddress> wanted = on
                ? router.settings().addresses().stream()
                        .map(VirtualAddress::address)
                        .toList()
                : List.of();
        try {
            router.attachment().watch(wanted);
        } catch (IOException e) {
            router.journal().failed("cannot watch for announcements: " + e.getMessage());
        }
    }

    private void transition(Effect.Transition transition) {
        if (transition.from() == RouterState.MASTER) {
            router.addresses().endBurst();
        }
        counters.count("became." + transition.to().name().toLowerCase(Locale.ROOT));
        router.journal().transition(transition, router.machine().effectivePriority());
    }
}
