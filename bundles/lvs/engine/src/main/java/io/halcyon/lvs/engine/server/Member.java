package io.halcyon.lvs.engine.server;

import io.halcyon.api.check.Health;
import io.halcyon.api.net.AddressText;
import io.halcyon.lvs.engine.server.Standing.State;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One address of a real server. Confined to its virtual server's thread. */
final class Member {

    private final InetAddress address;
    private final int port;
    private final Map<String, Look> looks = new LinkedHashMap<>();

    private RealServer server;
    private boolean up;
    /** Whether it was up once: it comes back then, and is removed if it goes. */
    private boolean proven;
    /** The number of its last failure among all failures. */
    private long failure;

    private @Nullable SlowStart slowStart;
    private Standing standing = new Standing(State.OUT_OF_SERVICE, "", Standing.OUT);
    private long sinceNanos;

    Member(RealServer server, InetAddress address, int port, boolean up, long nowNanos) {
        this.server = server;
        this.address = address;
        this.port = port;
        this.up = up;
        this.proven = up;
        this.sinceNanos = nowNanos;
    }

    InetAddress address() {
        return address;
    }

    RealServer server() {
        return server;
    }

    /** What stands for it in the data plane; no two members have the same. */
    String label() {
        return label(address, port);
    }

    static String label(InetAddress address, int port) {
        return "[" + AddressText.of(address) + "]:" + port;
    }

    /** Its name in sentences. */
    String text() {
        return server.name() + " " + label();
    }

    int port() {
        return port;
    }

    Collection<Look> looks() {
        return looks.values();
    }

    boolean isUp() {
        return up;
    }

    boolean isProven() {
        return proven;
    }

    long failure() {
        return failure;
    }

    /** It was known in an earlier run. */
    void prove() {
        proven = true;
    }

    /** What is configured for it now, with the looks that belong to that; those that stay go on. */
    void configure(RealServer configured, List<Look> wanted) {
        server = configured;
        Map<String, Look> before = new LinkedHashMap<>(looks);
        looks.clear();
        for (Look look : wanted) {
            Look known = before.getOrDefault(look.check(), look);
            known.addsWeight(look.addsWeight());
            looks.put(look.check(), known);
        }
    }

    /**
     * Counts what its looks say together.
     *
     * @param failures how many failures there were before this one
     * @return whether it came up or went down
     */
    boolean recount(long failures, long nowNanos, long slowStartNanos) {
        boolean works = looks.values().stream().allMatch(Look::up);
        if (works == up) {
            return false;
        }
        up = works;
        if (works) {
            comeBack(nowNanos, slowStartNanos);
            proven = true;
        } else {
            failure = failures;
            slowStart = null;
        }
        return true;
    }

    /** Its weight grows from now on, if it served before. */
    void comeBack(long nowNanos, long slowStartNanos) {
        slowStart = proven && slowStartNanos > 0 ? new SlowStart(nowNanos, slowStartNanos) : null;
    }

    /** Its growing weight at a moment, null if it does not grow (any more). */
    @Nullable
    SlowStart slowStart(int target, long nowNanos) {
        SlowStart growing = slowStart;
        if (growing != null && growing.isOver(target, nowNanos)) {
            slowStart = null;
        }
        return slowStart;
    }

    /** Weight that is configured, or that its checks ask for. */
    int weight() {
        long weight = server.weight();
        boolean replaced = false;
        long added = 0;
        for (Look look : looks.values()) {
            Integer asked = look.dynamicWeight();
            if (asked != null && look.addsWeight()) {
                added += asked;
            } else if (asked != null) {
                weight = replaced ? Math.min(weight, asked) : asked;
                replaced = true;
            }
        }
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, weight + added));
    }

    Health health() {
        List<Health> said = looks.values().stream().map(Look::health).toList();
        for (Health health : List.of(Health.DOWN, Health.UNKNOWN, Health.DEGRADED)) {
            if (said.contains(health)) {
                return health;
            }
        }
        return Health.UP;
    }

    /** Why it is up or down, for a person. */
    String reason() {
        if (looks.isEmpty()) {
            return "no check looks at it";
        }
        List<String> reasons = new ArrayList<>();
        for (Look look : looks.values()) {
            if (up ? look.health() == Health.DEGRADED : !look.up()) {
                reasons.add(look.text());
            }
        }
        if (reasons.isEmpty()) {
            Look first = looks.values().iterator().next();
            return looks.values().stream()
                    .filter(look -> look.health() != Health.UNKNOWN)
                    .findFirst()
                    .orElse(first)
                    .text();
        }
        return String.join("; ", reasons);
    }

    Standing standing() {
        return standing;
    }

    long sinceNanos() {
        return sinceNanos;
    }

    void standing(Standing now, long nowNanos) {
        if (now.state() != standing.state()) {
            sinceNanos = nowNanos;
        }
        standing = now;
    }
}
