package io.halcyon.lvs.engine.server;

import io.halcyon.lvs.engine.server.Standing.State;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of each real server, as keepalived does where it has the same question. */
final class Placing {

    private final Policy policy;
    private final Hands hands;
    private final boolean sorryServes;
    private final Set<Member> spared;
    private final long nowNanos;

    /**
     * For one moment.
     *
     * @param sorryServes whether the sorry server has the place of all others
     * @param spared those that stay although they are down
     */
    Placing(Policy policy, Hands hands, boolean sorryServes, Set<Member> spared, long nowNanos) {
        this.policy = policy;
        this.hands = hands;
        this.sorryServes = sorryServes;
        this.spared = spared;
        this.nowNanos = nowNanos;
    }

    /** Weight that somebody gave it, or else that its checks and the configuration do. */
    static int weight(Member member, @Nullable Hand hand) {
        return hand != null && hand.hold().weight() >= 0 ? hand.hold().weight() : member.weight();
    }

    Standing standing(Member member) {
        Hand hand = hands.find(member.server().name());
        boolean inhibits = member.server().inhibitOnFailure();
        if (hand != null && hand.isDrained(nowNanos)) {
            return new Standing(State.DRAINED, hand.text(), Standing.OUT);
        }
        if (hand != null && hand.hold().draining()) {
            // One that does not work has no connections worth keeping.
            return member.isUp() || inhibits
                    ? new Standing(State.DRAINING, hand.text() + "; " + member.reason(), 0)
                    : new Standing(State.OUT_OF_SERVICE, member.reason() + "; " + hand.text(), Standing.OUT);
        }
        int weight = weight(member, hand);
        if (!member.isUp()) {
            return down(member, weight);
        }
        if (sorryServes) {
            return new Standing(
                    State.IDLE,
                    member.reason() + "; without a quorum the sorry server serves alone",
                    inhibits ? 0 : Standing.OUT);
        }
        return serving(member, weight, hand);
    }

    private Standing down(Member member, int weight) {
        if (spared.contains(member) && !sorryServes) {
            return new Standing(
                    State.SPARED,
                    member.reason() + "; stays, since ejected.max = " + policy.ejectedMax() + " lets no more go",
                    weight);
        }
        if (member.server().inhibitOnFailure()) {
            return new Standing(State.INHIBITED, member.reason(), 0);
        }
        return new Standing(State.OUT_OF_SERVICE, member.reason(), Standing.OUT);
    }

    private Standing serving(Member member, int weight, @Nullable Hand hand) {
        String reason = hand == null ? member.reason() : member.reason() + "; " + hand.text();
        SlowStart growing = member.slowStart(weight, nowNanos);
        if (growing != null) {
            return new Standing(State.SLOW_START, reason, growing.weight(weight, nowNanos));
        }
        return new Standing(State.IN_SERVICE, reason, weight);
    }
}
