package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.check.Verdict;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.spi.link.Link;
import io.halcyon.vrrp.protocol.Advertisement;
import io.halcyon.vrrp.protocol.Effect;
import io.halcyon.vrrp.protocol.RouterEvent;
import io.halcyon.vrrp.protocol.VirtualRouter;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One virtual router: derives what happens to it from links, verdicts, packets and orders, and feeds its state machine.
 * Owned by the loop.
 */
final class LoopRouter {

    private final LoopContext context;
    private final VirtualRouter machine;
    private final TrackBook tracks;
    private final Attachment attachment;
    private final Journal journal;
    private final RouterParts parts;
    private final HeldAddresses addresses;
    private final EffectRunner effects;
    private final StallWatch stalls;
    private RouterSettings settings;
    private int override;
    private int effectivePriority;
    private Availability availability = new Availability.Waiting("just configured");
    /** Where advertisements come from, also while the router hands over because it may not take part any more. */
    private @Nullable InetAddress source;

    private boolean started;
    private long toldNanos = Long.MIN_VALUE;

    LoopRouter(LoopContext context, RouterSettings settings, int override) {
        this.context = context;
        this.settings = settings;
        this.override = override;
        attachment = new Attachment(context, this);
        journal = new Journal(context, settings);
        machine = new VirtualRouter(settings.protocolAt(attachment.mtu()));
        effectivePriority = machine.effectivePriority();
        tracks = new TrackBook(settings.tracks());
        Counters counters = new Counters();
        addresses =
                new HeldAddresses(context, settings, counters, journal, ago -> on(new RouterEvent.LeftOversFound(ago)));
        parts = RouterParts.of(machine, tracks, attachment, journal, addresses, counters);
        effects = new EffectRunner(this, parts);
        stalls = new StallWatch(context.host());
    }

    /** From here on it acts on what it was told: all interfaces and verdicts there are. */
    void start() {
        started = true;
        stalls.begin();
        refresh("");
    }

    void reconfigure(RouterSettings next, int nextOverride) {
        List<InetAddress> advertised = machine.config().addresses();
        settings = next;
        override = nextOverride;
        journal.reconfigure(next);
        boolean more = addresses.reconfigure(next, isMaster(), machine.advertIntervalNanos());
        tracks.replace(next.tracks());
        on(new RouterEvent.Reconfigured(next.protocolAt(attachment.mtu()), "configuration changed"));
        effectivePriority = machine.effectivePriority();
        refresh("");
        if (more && isMaster() && advertised.equals(machine.config().addresses())) {
            // What is not advertised the machine does not know.
            effects.announceAnew();
        }
        journal.warnings(Warnings.of(this));
    }

    void override(int priority) {
        if (settings.isOwner()) {
            throw new IllegalArgumentException(
                    settings.name() + " is the owner of its addresses: its priority is always 255");
        }
        override = priority;
        refreshPriority(() -> priority == 0 ? "override withdrawn" : "priority overridden with " + priority);
    }

    void failover() {
        if (!isMaster()) {
            throw new IllegalArgumentException(
                    settings.name() + " is " + machine.state() + "; only a MASTER can hand over");
        }
        on(new RouterEvent.Failover("failover was asked for"));
    }

    void stopped() {
        close();
        parts.farewell().stopped();
    }

    /** Asks for somebody to take over and tells whether nobody did, so that we are master still. */
    void handOver(String cause, Consumer<Boolean> kept) {
        parts.farewell().await(kept);
        carryOut(isMaster() ? tell(new RouterEvent.StepAside(cause), nowNanos()) : List.of());
    }

    /** Its transport or its VIP manager is gone. */
    void detach() {
        attachment.letGo();
        addresses.account().leave();
        refresh("");
    }

    void close() {
        started = false; // what is late for it must not open anything again
        journal.stallOver();
        addresses.close();
        attachment.letGo();
    }

    void link(Link link) {
        attachment.changed(link);
        tracks.link(link);
        boolean own = link.name().equals(settings.networkInterface());
        if (own && machine.config().addresses().size() != settings.advertisedAt(link.mtu())) {
            on(new RouterEvent.Reconfigured(settings.protocolAt(link.mtu()), "MTU is " + link.mtu()));
        }
        refresh(own ? "" : link.name());
    }

    void linkGone(String name) {
        attachment.gone(name);
        tracks.linkGone(name);
        refresh(name);
    }

    /** A channel of its came or went. */
    void channelNews(Consumer<Attachment> news) {
        news.accept(attachment);
        refresh("");
    }

    void verdict(Verdict verdict) {
        boolean news = tracks.verdict(verdict);
        if (tracks.tracks(verdict.name())) {
            // An event that was told of before is no cause of what else there is in this verdict.
            LongSupplier cause = news ? verdict::eventId : EventPost.NONE;
            journal.during(cause, () -> refresh(verdict.name()));
        }
    }

    void verdictRemoved(String check, long eventId) {
        tracks.verdictRemoved(check);
        journal.during(() -> eventId, () -> refresh(check));
    }

    boolean hears(LinkChannel heard, int vrid) {
        return heard == attachment.linkChannel() && machine.config().vrid() == vrid;
    }

    void received(Advertisement advertisement, InetAddress source, long arrivedNanos) {
        parts.counters().count("adverts.received");
        List<Effect> answer = tell(new RouterEvent.Received(advertisement, source), arrivedNanos);
        if (advertisement.priority() == 0) {
            parts.counters().count("priority.zero.received");
        } else if (answer.stream().noneMatch(Effect.Refuse.class::isInstance)) {
            parts.peers().add(advertisement.priority(), source);
        }
        carryOut(answer);
    }

    void stalled(long lateNanos) {
        if (stalls.isOne(lateNanos, machine.advertIntervalNanos())) {
            journal.late(lateNanos);
            on(new RouterEvent.Stalled(lateNanos));
        }
    }

    void resumed() {
        if (stalls.over()) {
            on(new RouterEvent.Resumed());
            journal.stallOver();
        }
    }

    void timer() {
        long now = nowNanos();
        if (attachment.lookAgainNanos() <= now) {
            attachment.lookingAgain();
            refresh("");
        }
        if (machine.deadline() <= now) {
            on(new RouterEvent.Timer());
        }
    }

    /** A takeover is near. */
    void forewarn() {
        effects.forewarn();
    }

    /** Has a takeover rehearsed while none is near. */
    void practise() {
        effects.practise();
    }

    void on(RouterEvent event) {
        carryOut(tell(event, nowNanos()));
    }

    private List<Effect> tell(RouterEvent event, long atNanos) {
        // Time never runs backwards for the machine, also if a timer fired while a packet was on its way to the loop.
        toldNanos = Math.max(toldNanos, atNanos);
        return machine.on(event, toldNanos);
    }

    private void carryOut(List<Effect> wanted) {
        wanted.forEach(effects::carryOut);
        parts.farewell().settle();
    }

    /** What carrying out an effect brought. */
    void feedBack(RouterEvent event) {
        tell(event, nowNanos()).forEach(effects::carryOut);
    }

    /**
     * Looks again whether the router may take part, and with which priority.
     *
     * @param tracker name of the tracker that changed, empty if something else did
     */
    void refresh(String tracker) {
        if (!started) {
            return;
        }
        refreshPriority(() -> tracker.isEmpty() ? tracks.reasons() : tracks.reasonOf(tracker));
        addresses.account().open();
        // Who takes part already is not thrown out by a check that is new or gone.
        boolean takesPart = isMaster() || machine.state() == RouterState.BACKUP;
        Availability next = attachment.look(availability).judgedBy(tracks, takesPart);
        if (attachment.appeared() && isMaster()) {
            // What an old channel was to announce is announced on the new one.
            effects.announceAnew();
        }
        if (next.equals(availability)) {
            return;
        }
        availability = next;
        if (next instanceof Availability.Ready ready) {
            source = ready.source();
        }
        on(next.event());
        journal.warnings(Warnings.of(this));
    }

    private void refreshPriority(Supplier<String> why) {
        int next = tracks.effectivePriority(basePriority());
        if (next != effectivePriority) {
            String cause = why.get();
            int before = effectivePriority;
            effectivePriority = next;
            on(new RouterEvent.PriorityChanged(next, cause));
            journal.priority(before, next, machine.state(), cause);
        }
    }

    RouterSettings settings() {
        return settings;
    }

    long deadline() {
        return Math.min(machine.deadline(), attachment.lookAgainNanos());
    }

    boolean isMaster() {
        return machine.state() == RouterState.MASTER;
    }

    int basePriority() {
        return settings.basePriority(override);
    }

    @Nullable
    InetAddress source() {
        return source;
    }

    RouterParts parts() {
        return parts;
    }

    long nowNanos() {
        return context.host().monotonicNanos();
    }
}
