package io.halcyon.vrrp.protocol;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says in sentences why a router is where it is and what would move it. */
final class Explanation {

    private static final double NANOS_PER_MILLI = 1e6;

    private Explanation() {}

    static List<String> because(VirtualRouter router, MasterWatch watch, boolean handingOver) {
        List<String> facts = new ArrayList<>();
        facts.add(router.cause());
        switch (router.state()) {
            case MASTER -> facts.add("it advertises priority " + router.effectivePriority() + " every "
                    + millis(router.advertIntervalNanos()));
            case BACKUP -> facts.add(aboutMaster(router, watch));
            case INIT, FAULT -> facts.add("it takes no part in elections in this state");
        }
        if (handingOver) {
            facts.add("it is handing its addresses over and keeps them until the next master has announced them");
        }
        return facts;
    }

    private static String aboutMaster(VirtualRouter router, MasterWatch watch) {
        InetAddress master = watch.master();
        if (master == null) {
            return "no master has been heard yet";
        }
        String who = master.getHostAddress();
        if (watch.gaveUp()) {
            return who + " gave up; waits the skew time of " + millis(router.skewNanos());
        }
        String fact =
                who + " is master with priority " + watch.masterPriority() + ", ours is " + router.effectivePriority();
        if (watch.masterPriority() >= router.effectivePriority()) {
            return fact;
        }
        return fact + (watch.deferring() ? ", but we handed over to it" : lowerButFollowed(router, watch));
    }

    private static String lowerButFollowed(VirtualRouter router, MasterWatch watch) {
        if (!router.config().preempt()) {
            return ", but nopreempt is set";
        }
        return watch.delayingPreemption() ? ", but preempt.delay lets it be for a while" : ": taking over soon";
    }

    static List<String> wouldChange(VirtualRouter router, MasterWatch watch) {
        int priority = router.effectivePriority();
        return switch (router.state()) {
            case MASTER -> List.of(
                    "an advertisement of priority " + Math.min(priority + 1, 255) + " or higher (or of " + priority
                            + " from a higher address) makes it BACKUP",
                    "a failed check or tracked interface without weight, or loss of its interface, makes it FAULT");
            case BACKUP -> backupChanges(router, watch, priority);
            case INIT -> List.of("it becomes BACKUP when what it waits for is there");
            case FAULT -> List.of("it becomes BACKUP when the cause is gone");
        };
    }

    private static List<String> backupChanges(VirtualRouter router, MasterWatch watch, int priority) {
        List<String> changes = new ArrayList<>();
        changes.add("becomes MASTER when no advertisement is heard for " + millis(router.masterDownNanos()));
        changes.add("becomes MASTER " + millis(router.skewNanos()) + " after the master gives up (priority 0)");
        if (router.config().preempt() && !watch.deferring()) {
            changes.add("becomes MASTER when its priority exceeds the master's, it is " + priority + " now");
        }
        return changes;
    }

    private static String millis(long nanos) {
        return Math.round(nanos / NANOS_PER_MILLI) + " ms";
    }

    static String list(List<InetAddress> addresses) {
        return addresses.isEmpty()
                ? "none"
                : addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
    }
}
