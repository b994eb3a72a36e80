package io.halcyon.check.composite;

import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import java.util.List;

/** Counts the verdicts of other checks. It waits for nobody, so it needs no thread of its own. */
final class CompositeCheck implements AsynchronousCheck {

    private final String name;
    private final List<Member> members;
    private final int quorum;
    private final Composites composites;

    CompositeCheck(String name, List<Member> members, int quorum, Composites composites) {
        this.name = name;
        this.members = List.copyOf(members);
        this.quorum = quorum;
        this.composites = composites;
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
        return count.result(quorum);
    }

    @Override
    public void close() {
        composites.ended(this);
    }
}
