package io.halcyon.lvs.engine.server;

import io.halcyon.api.check.Health;
import io.halcyon.spi.dataplane.Desired;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One virtual server: told what happens, it says what is to be done. It reads no clock, does no I/O and logs nothing. Confined to
 * one thread.
 */
public final class VirtualServer {

    private final Pool pool = new Pool();
    private final Resolution resolution = new Resolution();
    private final Hands hands = new Hands();
    private final Quorum quorum = new Quorum();
    private final Orders orders = new Orders();
    private final Defined defined = new Defined();

    private @Nullable ServerSettings settings;
    private boolean here;
    private boolean stopped;
    /** Whether checks and notifiers may have to be others than those that were defined last. */
    private boolean redefine;

    private long deadlineNanos = Long.MAX_VALUE;

    /** Nothing is there before the first {@link Input.Configured}. */
    public VirtualServer() {}

    /**
     * Takes notice of something. Before the first {@link Input.Configured} nothing comes of it.
     *
     * @param nowNanos a clock that only goes forward
     * @throws IllegalArgumentException with a sentence for whoever gave a command that makes no sense; nothing has changed then
     */
    public List<Effect> on(Input input, long nowNanos) {
        Outbox out = new Outbox(input.cause());
        ServerSettings before = settings;
        if (stopped) {
            return List.of();
        }
        redefine |= mayRedefine(input);
        if (input instanceof Input.Configured configured) {
            configured.known().forEach(pool::learn);
            configure(before, configured.settings(), nowNanos, out);
            settle(configured.settings(), nowNanos, out);
        } else if (before == null) {
            prepare(input);
        } else if (input instanceof Input.Stopping stopping) {
            stop(before, stopping.removed(), nowNanos, out);
        } else {
            take(before, input, nowNanos, out);
            settle(before, nowNanos, out);
        }
        return out.effects();
    }

    private static boolean mayRedefine(Input input) {
        return input instanceof Input.Configured
                || input instanceof Input.Resolved
                || input instanceof Input.VerdictGone
                || input instanceof Input.AddressHere;
    }

    private void prepare(Input input) {
        if (input instanceof Input.Remembered remembered) {
            pool.remember(remembered.memory().up());
            resolution.remember(remembered.memory().addresses());
            quorum.remember(remembered.memory().quorate());
        } else if (input instanceof Input.Restored restored) {
            hands.restore(restored);
        } else if (input instanceof Input.AddressHere address) {
            here = address.here();
        }
    }

    private void configure(@Nullable ServerSettings before, ServerSettings now, long nowNanos, Outbox out) {
        settings = now;
        resolution.configure(now.realServers(), nowNanos);
        List<Member> gone = pool.configure(now, resolution, nowNanos);
        hands.retain(now, out);
        if (before != null) {
            Tidings.of(before, pool, out).gone(gone, "removed from the configuration");
        }
    }

    private void take(ServerSettings now, Input input, long nowNanos, Outbox out) {
        if (input instanceof Input.Verdict verdict) {
            pool.learn(verdict.verdict());
        } else if (input instanceof Input.VerdictGone gone) {
            pool.forget(gone.check());
        } else if (input instanceof Input.Resolved answer) {
            resolution.on(answer, now, nowNanos);
            List<Member> gone = pool.configure(now, resolution, nowNanos);
            Tidings.of(now, pool, out).gone(gone, "no address of " + answer.host() + " any more");
        } else if (input instanceof Input.ResolutionFailed answer) {
            resolution.on(answer);
        } else if (input instanceof Input.AddressHere address) {
            moved(now, address.here());
        } else if (input instanceof Input.Weight order) {
            hands.weight(now, order, out);
        } else if (input instanceof Input.Drain order) {
            hands.drain(now, order, out);
        } else if (input instanceof Input.Undrain order) {
            hands.undrain(now, order.realServer(), out);
            comeBack(now, List.of(order.realServer()), nowNanos);
        } else if (input instanceof Input.Rebuild) {
            orders.rebuild(true, out);
        }
    }

    private void moved(ServerSettings now, boolean isHere) {
        if (here && !isHere && now.policy().haSuspend()) {
            pool.suspend();
        }
        here = isHere;
    }

    private void comeBack(ServerSettings now, List<String> realServers, long nowNanos) {
        for (Member member : pool.members()) {
            if (realServers.contains(member.server().name()) && member.isUp()) {
                member.comeBack(nowNanos, now.policy().slowStartNanos());
            }
        }
    }

    /** Draws every conclusion from what is known now. */
    private void settle(ServerSettings now, long nowNanos, Outbox out) {
        comeBack(now, hands.expire(now, nowNanos, out), nowNanos);
        resolution.ask(now, nowNanos, out);
        List<Member> changed = pool.recount(now.policy().slowStartNanos(), nowNanos);
        Health before = decide(now.policy(), nowNanos);
        Set<String> ending = place(now.policy(), sorryServes(), nowNanos);
        Tidings tidings = Tidings.of(now, pool, out);
        tidings.changed(changed);
        tidings.quorum(before, quorum, quorum.reason(now.policy()));
        if (redefine) {
            redefine = false;
            Map<String, Map<String, String>> checks = isSuspended() ? Map.of() : pool.checkDefinitions(now);
            defined.update(now.owner(), checks, pool.notifierDefinitions(now), out);
        }
        orders.order(now, served(now), ending, out);
        deadlineNanos = Math.min(next(nowNanos), Math.min(resolution.nextNanos(), hands.nextNanos(nowNanos)));
    }

    private Health decide(Policy policy, long nowNanos) {
        long total = pool.members().stream()
                .filter(Member::isUp)
                .filter(member -> !hands.isDraining(member.server().name()))
                .mapToLong(this::weight)
                .sum();
        if (quorum.health() == Health.UNKNOWN && !resolution.isComplete()) {
            quorum.count(total);
            return Health.UNKNOWN;
        }
        return quorum.decide(total, policy, nowNanos);
    }

    /** Puts every real server where it belongs; returns those whose connections end because they leave. */
    private Set<String> place(Policy policy, boolean sorryServes, long nowNanos) {
        List<Member> candidates = pool.members().stream()
                .filter(member -> !hands.isDraining(member.server().name()))
                .toList();
        Placing placing =
                new Placing(policy, hands, sorryServes, Ejection.spared(candidates, policy.ejectedMax()), nowNanos);
        Set<String> ending = new HashSet<>();
        for (Member member : pool.members()) {
            Standing standing = placing.standing(member);
            boolean dead = standing.state() == Standing.State.OUT_OF_SERVICE && policy.connectionsEnd();
            if (standing.state() == Standing.State.DRAINED || dead) {
                ending.add(member.label());
            }
            member.standing(standing, nowNanos);
        }
        return ending;
    }

    private List<Orders.Served> served(ServerSettings now) {
        List<Orders.Served> served = new ArrayList<>();
        for (Member member : pool.members()) {
            if (member.standing().isIn()) {
                served.add(new Orders.Served(
                        member.label(),
                        member.server(),
                        member.address(),
                        member.standing().weight()));
            }
        }
        RealServer sorry = now.sorry();
        InetAddress address = sorry == null ? null : sorry.address();
        if (sorry != null && address != null && (sorryServes() || sorry.inhibitOnFailure())) {
            String label = Member.label(address, sorry.portFor(now.services().get(0)));
            boolean alsoReal = served.stream().anyMatch(server -> server.label().equals(label));
            if (sorryServes() || !alsoReal) {
                served.add(new Orders.Served(label, sorry, address, sorryServes() ? sorry.weight() : 0));
            }
        }
        return served;
    }

    private long next(long nowNanos) {
        long next = Long.MAX_VALUE;
        for (Member member : pool.members()) {
            int weight = weight(member);
            SlowStart growing = member.slowStart(weight, nowNanos);
            if (growing != null) {
                next = Math.min(next, growing.nextNanos(weight, nowNanos));
            }
        }
        return next;
    }

    private int weight(Member member) {
        return Placing.weight(member, hands.find(member.server().name()));
    }

    private boolean sorryServes() {
        return settings != null && settings.sorry() != null && quorum.isLost();
    }

    private boolean isSuspended() {
        return settings != null && settings.policy().haSuspend() && !here;
    }

    private void stop(ServerSettings now, boolean removed, long nowNanos, Outbox out) {
        stopped = true;
        deadlineNanos = Long.MAX_VALUE;
        if (removed || now.policy().omega()) {
            String reason = removed ? "its virtual server was removed" : "the node stops";
            Tidings tidings = Tidings.last(now, pool, out);
            tidings.gone(List.copyOf(pool.members()), reason);
            if (quorum.health() == Health.UP) {
                tidings.quorum(quorum.end(nowNanos), quorum, reason);
            }
        }
        if (removed) {
            orders.rebuild(false, out);
            hands.forgetAll(out);
            defined.clear(out);
        }
    }

    /** When {@link Input.Tick} is due, {@link Long#MAX_VALUE} for never. */
    public long deadlineNanos() {
        return deadlineNanos;
    }

    /** How it is. */
    public ServerState state() {
        return report().state();
    }

    /** All services as they are wanted now, for a data plane that knows none of them yet. */
    public List<Desired> desired() {
        return orders.desired();
    }

    /** Names of the checks whose verdicts it wants to hear: its own and those of files. */
    public Set<String> checks() {
        return pool.checks();
    }

    /** What it wants to know again after a restart; equal ones mean that nothing has changed. */
    public Memory memory() {
        return new Memory(pool.up(), resolution.known(), quorum.kept());
    }

    /**
     * Facts that make it as it is, most important first.
     *
     * @param nowNanos for how long something still lasts
     */
    public List<String> because(long nowNanos) {
        return report().because(nowNanos);
    }

    /** What would change it, a sentence each. */
    public List<String> wouldChange(long nowNanos) {
        return report().wouldChange(nowNanos);
    }

    private Report report() {
        ServerSettings now = settings;
        if (now == null) {
            throw new IllegalStateException("not configured yet");
        }
        return new Report(now, pool, resolution, hands, quorum, sorryServes(), isSuspended());
    }
}
