package io.halcyon.lvs.engine.server;

import io.halcyon.api.check.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Sentences about why a virtual server is as it is, and what would change that. */
final class Explanation {

    private static final long NEVER = Long.MAX_VALUE;

    private final Report report;
    private final Policy policy;
    private final long nowNanos;

    Explanation(Report report, long nowNanos) {
        this.report = report;
        this.policy = report.settings().policy();
        this.nowNanos = nowNanos;
    }

    List<String> because() {
        List<String> facts = new ArrayList<>();
        facts.add(report.quorum().reason(policy));
        if (report.sorryServes()) {
            facts.add("without a quorum the sorry server serves alone");
        }
        if (report.suspended()) {
            facts.add("nobody looks at real servers, since the address is not on this host (ha.suspend)");
        }
        List<RealServerState> servers = report.state().servers();
        for (RealServerState server : servers) {
            if (!server.name().equals(ServerSettings.SORRY)) {
                facts.add(server.name() + " " + server.label() + " is " + server.state() + weight(server) + ": "
                        + server.reason());
            }
        }
        return facts;
    }

    private static String weight(RealServerState server) {
        return server.effectiveWeight() < 0 ? "" : " with weight " + server.effectiveWeight();
    }

    List<String> wouldChange() {
        List<String> changes = new ArrayList<>();
        changes.add(report.quorum().health() == Health.UP ? loss() : gain());
        if (report.suspended()) {
            changes.add("checks begin when the address comes to this host");
        }
        for (Member member : report.pool().members()) {
            String change = change(member);
            if (!change.isEmpty()) {
                changes.add(change);
            }
        }
        for (RealServer server : report.settings().realServers()) {
            if (!report.resolution().trouble(server).isEmpty()) {
                changes.add(server.name() + " is asked for again soon: " + server.host());
            }
        }
        return changes;
    }

    /** Who must fail for the quorum to be lost, the fewest there can be. */
    private String loss() {
        List<Member> counting = new ArrayList<>(report.pool().members().stream()
                .filter(member -> member.isUp()
                        && !report.hands().isDraining(member.server().name()))
                .toList());
        counting.sort(Comparator.comparingInt((Member member) -> weight(member)).reversed());
        long left = report.quorum().weight();
        List<String> names = new ArrayList<>();
        for (Member member : counting) {
            if (left < Quorum.least(policy)) {
                break;
            }
            left -= weight(member);
            names.add(member.text());
        }
        return "the quorum is lost if the weight falls below " + Quorum.least(policy) + ": if "
                + String.join(" and ", names) + (names.size() == 1 ? " fails" : " fail");
    }

    private String gain() {
        long missing = Quorum.gained(policy) - report.quorum().weight();
        return "the quorum is gained with a weight of " + Quorum.gained(policy) + ", which is " + missing + " more";
    }

    private String change(Member member) {
        Hand hand = report.hands().find(member.server().name());
        String name = member.text();
        return switch (member.standing().state()) {
            case OUT_OF_SERVICE, INHIBITED -> name + " returns when its checks succeed: " + failing(member);
            case SPARED -> name + " leaves as soon as fewer than " + policy.ejectedMax() + " of 100 are out";
            case DRAINING, DRAINED -> hand == null ? "" : drained(name, hand);
            case SLOW_START -> growing(member, name);
            default -> "";
        };
    }

    private static String failing(Member member) {
        List<String> failing = member.looks().stream()
                .filter(look -> !look.up())
                .map(Look::check)
                .toList();
        return String.join(", ", failing);
    }

    private String drained(String name, Hand hand) {
        String text = name + " serves again by lvs:undrain";
        if (hand.untilNanos() != NEVER) {
            text += ", or by itself in " + in(hand.untilNanos());
        }
        boolean waits = hand.deadlineNanos() != NEVER && hand.deadlineNanos() > nowNanos;
        return waits ? text + "; its connections end in " + in(hand.deadlineNanos()) : text;
    }

    private String growing(Member member, String name) {
        SlowStart growing = member.slowStart(weight(member), nowNanos);
        return growing == null
                ? ""
                : name + " has its whole weight in " + in(growing.sinceNanos() + growing.lastingNanos());
    }

    private String in(long atNanos) {
        return Duration.ofSeconds(
                        Math.max(0, Duration.ofNanos(atNanos - nowNanos).toSeconds()))
                .toString()
                .substring(2)
                .toLowerCase(Locale.ROOT);
    }

    private int weight(Member member) {
        return Placing.weight(member, report.hands().find(member.server().name()));
    }
}
