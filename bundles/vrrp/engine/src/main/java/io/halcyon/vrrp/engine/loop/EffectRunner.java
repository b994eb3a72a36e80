package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.vrrp.RouterState;
import io.halcyon.spi.transport.Channel;
import io.halcyon.vrrp.protocol.AdvertisementCodec;
import io.halcyon.vrrp.protocol.Effect;
import io.halcyon.vrrp.protocol.RouterConfig;
import io.halcyon.vrrp.protocol.RouterEvent;
import io.halcyon.vrrp.protocol.VirtualRouter;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries out what the state machine of one router wants done, in its order. Owned by the loop. */
final class EffectRunner {

    private final LoopRouter router;
    private final RouterParts parts;
    /** The last advertisement and what it was made of: usually the next one is the same. */
    private byte[] message = {};

    private @Nullable RouterConfig messageConfig;
    private @Nullable InetAddress messageSource;
    private int messagePriority;
    private boolean failing;

    EffectRunner(LoopRouter router, RouterParts parts) {
        this.router = router;
        this.parts = parts;
    }

    void carryOut(Effect effect) {
        if (effect instanceof Effect.Send send) {
            advertise(send.priority());
        } else if (effect instanceof Effect.Acquire) {
            parts.addresses().hold(intervalNanos());
        } else if (effect instanceof Effect.Announce announce) {
            announce(announce.rounds());
        } else if (effect instanceof Effect.Release release) {
            release(release);
        } else if (effect instanceof Effect.Silence) {
            silence();
        } else if (effect instanceof Effect.WatchAnnouncements watch) {
            watchAnnouncements(watch.on());
        } else if (effect instanceof Effect.Transition transition) {
            transition(transition);
        } else if (effect instanceof Effect.Note note) {
            InetAddress source = router.source();
            parts.journal().note(note, source == null ? "" : source.getHostAddress());
        } else if (effect instanceof Effect.Rival rival) {
            parts.journal().rival(rival);
        } else if (effect instanceof Effect.Refuse refuse) {
            parts.faults().count(refuse.fault().name());
        } else if (effect instanceof Effect.Count count) {
            parts.faults().count(count.fault().name());
        } else if (effect instanceof Effect.Stopped) {
            router.stopped();
        } else {
            throw new AssertionError(effect);
        }
    }

    /** Another node is heard. Its manager is taken to be as slow as ours. */
    private void silence() {
        parts.addresses().silence();
        long takeoverMillis = parts.addresses().account().takeoverMillis();
        router.feedBack(new RouterEvent.TakeoverTakes(TimeUnit.MILLISECONDS.toNanos(takeoverMillis)));
    }

    /** A master may hold what it has no room to advertise (any more): the settings say what goes, and have said it. */
    private void release(Effect.Release release) {
        if (release.addresses().isEmpty() || !router.isMaster()) {
            parts.addresses().release(release.addresses());
        }
    }

    private void advertise(int priority) {
        try {
            send(priority);
            failing = false;
        } catch (IOException e) {
            parts.counters().count("adverts.failed");
            if (!failing) {
                parts.journal().failed("cannot send an advertisement: " + e.getMessage());
            }
            failing = true;
            return;
        }
        if (priority > 0) {
            parts.counters().count("adverts.sent");
            parts.addresses().advertised(intervalNanos());
        } else {
            router.feedBack(new RouterEvent.ReleaseSent());
            parts.counters().count("priority.zero.sent");
            parts.addresses().endBurst();
            parts.addresses().renewToLeave(intervalNanos(), parts.machine().handoverNanos(router.nowNanos()));
        }
    }

    private void send(int priority) throws IOException {
        InetAddress source = router.source();
        if (source == null) {
            throw new IOException("there is no source address");
        }
        prepare(priority, source);
        parts.attachment().channel().send(source, message);
    }

    /** Has the message at hand. */
    private void prepare(int priority, InetAddress source) {
        RouterConfig config = parts.machine().config();
        if (!config.equals(messageConfig) || !source.equals(messageSource) || priority != messagePriority) {
            message = AdvertisementCodec.encode(config, priority, source);
            messageConfig = config;
            messageSource = source;
            messagePriority = priority;
        }
    }

    private long intervalNanos() {
        return parts.machine().advertIntervalNanos();
    }

    /** All addresses, on the channels that there are now. */
    void announceAnew() {
        announce(parts.machine().config().garp().repeat());
    }

    private void announce(int rounds) {
        try {
            parts.addresses().announce(parts.attachment().announcing(), rounds);
        } catch (IOException e) {
            parts.journal().failed("cannot announce addresses: " + e.getMessage());
        }
    }

    private void rehearse() {
        rehearse(parts.addresses()::rehearse);
    }

    /** Just before a takeover. */
    void forewarn() {
        rehearse(parts.addresses()::rehearseAgain);
        shadow();
    }

    /** Long before one: with many addresses. */
    void practise() {
        rehearse(parts.addresses()::practise);
        shadow();
    }

    /** Here a router that nobody hears of takes over, and other threads rehearse their part meanwhile. */
    private void shadow() {
        InetAddress source = router.source();
        if (source != null) {
            VirtualRouter shadow = new VirtualRouter(parts.machine().config());
            shadow.on(new RouterEvent.Available(source, "rehearsal"), 0);
            shadow.on(new RouterEvent.Timer(), shadow.deadline());
            prepare(parts.machine().effectivePriority(), source);
        }
    }

    private void rehearse(Consumer<Map<String, Channel>> rehearsal) {
        try {
            rehearsal.accept(parts.attachment().announcing());
        } catch (IOException e) {
            parts.journal().failed("cannot rehearse: " + e.getMessage());
        }
    }

    private void watchAnnouncements(boolean on) {
        try {
            parts.attachment().watch(on ? router.settings().addresses() : List.of());
        } catch (IOException e) {
            parts.journal().failed("cannot watch for announcements: " + e.getMessage());
        }
    }

    private void transition(Effect.Transition transition) {
        if (transition.from() == RouterState.MASTER) {
            parts.addresses().endBurst();
        }
        if (transition.to() == RouterState.BACKUP) {
            rehearse();
        }
        parts.counters().count("became." + transition.to().name().toLowerCase(Locale.ROOT));
        parts.journal().transition(transition, parts.machine().effectivePriority());
    }
}
