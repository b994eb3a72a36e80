package io.halcyon.vip.exec;

import io.halcyon.api.vip.AddressStatus;
import io.halcyon.vip.exec.Outcome.Answer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What readers see. Stateless. */
final class Inventory {

    private static final long NEVER = -1;

    private Inventory() {}

    /** Every address that is wanted, held, or left over, as verify saw it last. */
    static List<AddressStatus> list(String name, Collection<Target> targets, Claims claims) {
        List<AddressStatus> list = new ArrayList<>();
        Set<String> leftOver = new LinkedHashSet<>(claims.all());
        for (Target target : targets) {
            leftOver.remove(target.place.toString());
            target.holders.forEach(holder -> list.add(status(target, holder.owner, state(target), name)));
            if (target.holders.isEmpty() && target.ours) {
                list.add(status(target, "", "left-over", name));
            }
        }
        for (String place : leftOver) {
            String[] words = place.split(" ", 2);
            list.add(new AddressStatus(
                    words[0], words[1], "", "left-over", 0, NEVER, "vip " + name + ": claimed by a former run"));
        }
        return list;
    }

    private static String state(Target target) {
        return target.presence == Answer.HERE ? "present" : target.presence == Answer.FOREIGN ? "foreign" : "missing";
    }

    private static AddressStatus status(Target target, String owner, String state, String name) {
        String note = "vip " + name + (target.note.isEmpty() ? "" : ": " + target.note);
        return new AddressStatus(target.address.cidr(), target.place.dev(), owner, state, 0, NEVER, note);
    }
}
