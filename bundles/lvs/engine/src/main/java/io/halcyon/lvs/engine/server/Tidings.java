package io.halcyon.lvs.engine.server;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import java.util.List;

/** Words the events of a virtual server. */
final class Tidings {

    private final ServerSettings settings;
    private final Pool pool;
    private final boolean ending;
    private final Outbox out;

    private Tidings(ServerSettings settings, Pool pool, boolean ending, Outbox out) {
        this.settings = settings;
        this.pool = pool;
        this.ending = ending;
        this.out = out;
    }

    /** Of a virtual server that goes on with these real servers. */
    static Tidings of(ServerSettings settings, Pool pool, Outbox out) {
        return new Tidings(settings, pool, false, out);
    }

    /** Of one that ends, for which nobody is up any more. */
    static Tidings last(ServerSettings settings, Pool pool, Outbox out) {
        return new Tidings(settings, pool, true, out);
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
        out.publish(new Event.RealServerChange(
                settings.name(), settings.label(), realServer, from, to, weight, reason, up(), total()));
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
                    reason,
                    up(),
                    total()));
        }
    }

    private int up() {
        return ending ? 0 : (int) pool.members().stream().filter(Member::isUp).count();
    }

    private int total() {
        return pool.members().size();
    }
}
