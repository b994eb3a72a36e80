package io.halcyon.check.composite;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Counts the verdicts of other checks. It waits for nobody, so it needs no thread of its own. */
final class CompositeCheck implements AsynchronousCheck {

    private static final long SETTLING_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final String name;
    private final List<Member> members;
    private final int quorum;
    private final Composites composites;
    private final LongSupplier clock;
    private long beganNanos;
    private boolean began;

    CompositeCheck(String name, List<Member> members, int quorum, Composites composites, LongSupplier clock) {
        this.name = name;
        this.members = List.copyOf(members);
        this.quorum = quorum;
        this.composites = composites;
        this.clock = clock;
    }

    String name() {
        return name;
    }

    List<Member> members() {
        return members;
    }

    @Override
    public void look(CheckRun run) {
        composites.runs(this);
        var circle = composites.circle(name);
        run.complete(
                circle.isEmpty()
                        ? count()
                        : CheckResult.unknown("it would look at itself: " + String.join(" -> ", circle)));
    }

    private CheckResult count() {
        var count = new Count();
        members.forEach(member -> count.add(member, composites.verdict(member.name())));
        var result = count.result(quorum);
        boolean mayCome = isNew() && count.isMissingSome();
        return mayCome && result.health() == Health.UNKNOWN
                ? CheckResult.hold(result.reason()).withDetails(result.details())
                : result;
    }

    /** After a start or an update of the bundle the verdicts come one after the other. */
    private boolean isNew() {
        long now = clock.getAsLong();
        if (!began) {
            began = true;
            beganNanos = now;
        }
        return now - beganNanos < SETTLING_NANOS;
    }

    @Override
    public void close() {
        composites.ended(this);
    }
}
