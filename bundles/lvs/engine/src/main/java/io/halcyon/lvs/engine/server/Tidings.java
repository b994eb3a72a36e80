package io.halcyon.lvs.engine.server;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import java.util.List;

/** Words the events of a virtual server. */
final class Tidings {

    private final ServerSettings settings;
    private final Outbox out;

    Tidings(ServerSettings settings, Outbox out) {
        this.settings = settings;
        this.out = out;
    }

    /** Real servers have come up or gone down. */
    void changed(List<Member> members) {
        for (Member member : members) {
            Health from = member.isUp() ? Health.DOWN : Health.UP;
            Health to = member.isUp() ? Health.UP : Health.DOWN;
            tell(
                    member,
                    from,
                    to,
                    Math.max(0, member.standing().weight()),
                    member.standing().reason());
        }
    }

    /** Real servers that were up are there no more. */
    void gone(List<Member> members, String reason) {
        for (Member member : members) {
            if (member.isUp()) {
                tell(member, Health.UP, Health.DOWN, 0, reason);
            }
        }
    }

    private void tell(Member member, Health from, Health to, int weight, String reason) {
        String realServer = settings.eventLabel(member.address(), member.port());
        out.publish(
                new Event.RealServerChange(settings.name(), settings.label(), realServer, from, to, weight, reason));
    }

    /** The quorum was gained or lost. */
    void quorum(Health before, Quorum quorum, String reason) {
        if (before != quorum.health()) {
            out.publishConsequence(new Event.VirtualServerChange(
                    settings.name(),
                    settings.label(),
                    before,
                    quorum.health(),
                    (int) Math.min(Integer.MAX_VALUE, quorum.weight()),
                    settings.policy().quorum(),
                    reason));
        }
    }
}
