package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Distribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** What it takes to run at all. */
final class Footprint {

    private static final double MEGA = 1e6;
    private static final double KIBI = 1024;
    private static final double SIZE_LIMIT = 25;
    private static final double MEMORY_LIMIT = 110;
    private static final double MAIL_MEMORY_LIMIT = 122;
    private static final double START_LIMIT = 2.0;
    private static final int TEN = 10;

    private static final List<String> NOTES = List.of(
            "Size: the tar.gz (without a JRE), and what Debian's package takes when installed (without its libraries).",
            "Memory and work: a pair with one router, VRRPv2 at 1 s, 20 s after the start, in ten windows of 4 s. The backup of the"
                    + " Halcyon pair has a mail notifier and has sent a mail. keepalived's two processes are added up.",
            "What each step gave: the rows without a peer are the shipped node, and what it would be without one of the steps, in"
                    + " ten starts and 20 s after the last. Mail, TLS and the rest of what comes late: the backup with mail beside the one"
                    + " as shipped.",
            "A start counts from exec to every router in BACKUP, VRRP's raw socket open and its multicast group joined, in an instance that"
                    + " has been started before.");

    private Footprint() {}

    static Section measure(Progress progress) {
        var load = new LoadNote();
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("size as shipped", "MB", archive(), installed(), 1, Target.atMost(SIZE_LIMIT)));
        figures.addAll(idle(Idling.of(Daemon.HALCYON, progress), Idling.of(Daemon.KEEPALIVED, progress)));
        figures.add(starts(1, progress));
        figures.add(starts(TEN, progress));
        figures.addAll(Step.figures(progress));
        return new Section("footprint", figures, load.and(NOTES));
    }

    private static List<Figure> idle(Idling halcyon, Idling peer) {
        return List.of(
                Figure.medians(
                        "resident memory, master",
                        "MiB",
                        halcyon.masterMemory(),
                        peer.masterMemory(),
                        Target.atMost(MEMORY_LIMIT)),
                Figure.medians(
                        "resident memory, backup, mail in use",
                        "MiB",
                        halcyon.backupMemory(),
                        peer.backupMemory(),
                        Target.atMost(MAIL_MEMORY_LIMIT)),
                Figure.medians("idle work, master", "CPU s/h", halcyon.masterWork(), peer.masterWork(), Target.NONE),
                Figure.medians("idle work, backup", "CPU s/h", halcyon.backupWork(), peer.backupWork(), Target.NONE));
    }

    private static Figure starts(int routers, Progress progress) {
        return Figure.medians(
                "exec to BACKUP, " + routers + (routers == 1 ? " router" : " routers"),
                "s",
                Starts.seconds(Daemon.HALCYON, routers, progress),
                Starts.seconds(Daemon.KEEPALIVED, routers, progress),
                Target.atMost(START_LIMIT));
    }

    private static double archive() {
        try {
            return Files.size(Distribution.archive()) / MEGA;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double installed() {
        var kibibytes = Context.output("dpkg-query", "-W", "-f", "${Installed-Size}", "keepalived");
        return Double.parseDouble(kibibytes.strip()) * KIBI / MEGA;
    }
}
