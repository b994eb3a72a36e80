package io.halcyon.lvs.engine.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who may be out because it is down. */
final class Ejection {

    private static final int ALL = 100;

    private Ejection() {}

    /**
     * Those that are down and stay: no more than a share of those that have served may be out, and who failed last stays.
     *
     * @param members those that would serve if they were up
     * @param max how many of 100 may be out
     */
    static Set<Member> spared(Collection<Member> members, int max) {
        List<Member> proven = members.stream().filter(Member::isProven).toList();
        List<Member> down =
                new ArrayList<>(proven.stream().filter(member -> !member.isUp()).toList());
        long most = (long) proven.size() * max / ALL;
        if (down.size() <= most) {
            return Set.of();
        }
        // Stable, so that of those that failed together the first names are out.
        down.sort(Comparator.comparingLong(Member::failure));
        return new HashSet<>(down.subList((int) most, down.size()));
    }
}
