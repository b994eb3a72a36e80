package io.halcyon.console.shell.command;

import io.halcyon.api.check.CheckHistory;
import io.halcyon.api.check.CheckHold;
import io.halcyon.api.check.CheckService;
import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.check.CheckType;
import io.halcyon.api.check.Health;
import io.halcyon.api.check.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks that do what they are told, and remember it. */
final class KnownChecks implements CheckService {

    static final Instant NOW = Instant.parse("2026-11-28T01:00:00Z");

    static final CheckHold HOLD = new CheckHold(
            CheckHold.Kind.FORCED, Health.UP, null, "a new disk", NOW.minusSeconds(60), NOW.plusSeconds(600));

    final List<String> asked = new ArrayList<>();
    private final List<CheckStatus> checks;

    KnownChecks(CheckStatus... checks) {
        this.checks = List.of(checks);
    }

    /** One that failed, and is DOWN. */
    static CheckStatus check(String name, Map<String, String> details, String... warnings) {
        return check(name, Health.DOWN, details, null, warnings);
    }

    static CheckStatus check(
            String name, Health health, Map<String, String> details, @Nullable CheckHold hold, String... warnings) {
        String reason = hold == null ? "exit status 1" : hold.text();
        return new CheckStatus(
                name,
                "exec",
                new Verdict(name, health, reason, NOW.minusSeconds(192), 0, false, null, 7),
                "idle",
                2_000,
                2_000,
                2,
                3,
                1,
                Health.DOWN,
                "exit status 1",
                NOW.minusSeconds(1),
                3,
                0.42,
                12.3,
                NOW.plusSeconds(1),
                List.of(
                        new CheckStatus.Step("resolve", "127.0.0.1 in 1 ms"),
                        new CheckStatus.Step("connect", "refused in 2 ms")),
                details,
                List.of("VI_1"),
                Map.of("runs", 9L),
                List.of(warnings),
                hold);
    }

    @Override
    public List<CheckStatus> checks() {
        return checks;
    }

    @Override
    public Optional<CheckStatus> check(String name) {
        return checks.stream().filter(check -> check.name().equals(name)).findFirst();
    }

    @Override
    public List<CheckType> types() {
        return List.of(new CheckType("exec", "Runs a command.", "io.halcyon.check.exec 0.1.0", List.of(key("script"))));
    }

    @Override
    public List<CheckType.Parameter> commonKeys() {
        return List.of(key("interval"));
    }

    @Override
    public List<CheckHistory> history(String name, int limit) {
        asked.add("history " + name + " " + limit);
        return List.of(
                new CheckHistory(NOW.minusSeconds(600), NOW.minusSeconds(300), 151, Health.UP, Health.UP, "fine"),
                new CheckHistory(NOW.minusSeconds(298), NOW.minusSeconds(298), 0, null, Health.DOWN, "forced DOWN"));
    }

    @Override
    public CheckStatus run(String name) {
        asked.add("run " + name);
        return check(name).orElseThrow();
    }

    @Override
    public CheckStatus force(String name, Health health, @Nullable Duration lasting, String reason) {
        asked.add("force " + name + " " + health + " " + lasting + " " + reason);
        return check(name, health, Map.of(), HOLD);
    }

    @Override
    public CheckStatus disable(String name, @Nullable Duration lasting, String reason) {
        asked.add("disable " + name + " " + lasting + " " + reason);
        return check(name, Health.UP, Map.of(), HOLD);
    }

    @Override
    public CheckStatus enable(String name) {
        asked.add("enable " + name);
        return check(name).orElseThrow();
    }

    private static CheckType.Parameter key(String name) {
        return new CheckType.Parameter(
                name, "text", name.equals("interval") ? "1" : "", false, "What " + name + " is.");
    }
}
