package io.halcyon.linux;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the kernel can do for the few threads between a packet and its answer, see sched(7): real-time scheduling where that
 * was asked for, otherwise more weight than others where that is permitted, and short turns. Thread-safe.
 *
 * <p>They run for microseconds, but other work of the machine may make them wait for milliseconds, which others take for the
 * death of a master when intervals are short.
 */
public final class Urgency {

    private static final Logger LOG = LoggerFactory.getLogger(Urgency.class);

    /** Round robin among equals, and not for children: a script is not urgent (linux/sched.h). */
    private static final int SCHED_RR_RESET_ON_FORK = 2 | 0x4000_0000;

    /** linux/prctl.h; the kernel may otherwise be 50 microseconds late to save power. */
    private static final int PR_SET_TIMERSLACK = 29;

    /** One less than the kernel's, for the first of ours. */
    private static final int HIGHEST = 98;

    private final int priority;
    private volatile boolean refused;

    /**
     * For threads of one process.
     *
     * @param priority 1-98; 0 for no real-time scheduling
     */
    Urgency(int priority) {
        this.priority = priority;
    }

    private static final class Ours {
        private static final Urgency INSTANCE = new Urgency(configured());
    }

    /** That of this process: system property {@code halcyon.rt.priority}, 0 without it. */
    public static Urgency ofProcess() {
        return Ours.INSTANCE;
    }

    private static int configured() {
        int priority = Integer.getInteger("halcyon.rt.priority", 0);
        return Math.max(0, Math.min(HIGHEST, priority));
    }

    /**
     * Makes the kernel wake the calling thread just when it asked for it, and, with a priority, before others. Without a
     * priority, or without the right to it (CAP_SYS_NICE), which is said once, the thread is an ordinary one that goes before
     * others as far as it may.
     *
     * @param first whether it goes before the others that are urgent
     */
    public void claim(boolean first) {
        if (Libc.prctl(PR_SET_TIMERSLACK, 1) != 0) {
            LOG.debug("{}", LinuxException.last("prctl(PR_SET_TIMERSLACK)").getMessage());
        }
        if (priority == 0 || !inRealTime(first ? priority + 1 : priority)) {
            goBeforeOthers(first);
        }
    }

    private boolean inRealTime(int granted) {
        boolean done = Libc.sched_setscheduler(0, SCHED_RR_RESET_ON_FORK, new int[] {granted}) == 0;
        if (!done && !refused) {
            refused = true;
            LOG.info(
                    "no real-time priority ({}): other work of this machine can make advertisements late; it needs CAP_SYS_NICE",
                    LinuxException.last("sched_setscheduler").getMessage());
        }
        return done;
    }

    private static void goBeforeOthers(boolean first) {
        try {
            Turns.claim(first);
        } catch (LinuxException e) {
            LOG.debug("{}", e.getMessage());
        }
    }
}
