package io.halcyon.lvs.ipvs;

import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;
import io.halcyon.linux.netlink.Refused;
import io.halcyon.spi.dataplane.SyncDaemon;
import java.net.Inet6Address;

/** Why the kernel does not take a change, for a person. */
final class Reasons {

    private Reasons() {}

    static String of(Change change, Refused refused) {
        int errno = refused.errno();
        if (errno == Errno.EINVAL && isOfOtherFamily(change)) {
            return subject(change) + " is of the other address family, which the kernel does not take as long as"
                    + " connections are synchronized (lvs.sync.daemon)";
        }
        String scheduler = scheduler(change);
        return switch (errno) {
            case Errno.ENOENT -> scheduler.isEmpty()
                    ? atTheSameTime(errno)
                    : "lvs.sched = " + scheduler
                            + ": this kernel has no such scheduler, or its module cannot be loaded";
            case Errno.EEXIST, Errno.ESRCH -> atTheSameTime(errno);
            case Errno.EAFNOSUPPORT -> "the kernel's IPVS has no IPv6 (CONFIG_IP_VS_IPV6)";
            case Errno.EPROTONOSUPPORT -> "the kernel's IPVS does not have the protocol";
            default -> new LinuxException(subject(change), errno).getMessage()
                    + (refused.text().isEmpty() ? "" : " (" + refused.text() + ")");
        };
    }

    /** Why the kernel does not start to synchronize. */
    static String of(SyncDaemon daemon, int errno) {
        String what = SyncDaemons.describe(daemon);
        return errno == Errno.EINVAL
                ? what + ": not as long as a virtual server has real servers of the other address family (EINVAL)"
                : String.valueOf(new LinuxException(what, errno).getMessage());
    }

    private static String atTheSameTime(int errno) {
        return "somebody else changes it at the same time (" + Errno.name(errno) + ")";
    }

    /** The scheduler that a change asks for; empty if it asks for none. */
    private static String scheduler(Change change) {
        if (change instanceof Change.AddService add) {
            return add.settings().scheduler();
        }
        return change instanceof Change.SetService set ? set.settings().scheduler() : "";
    }

    private static boolean isOfOtherFamily(Change change) {
        DestinationKey key = change instanceof Change.AddDestination add
                ? add.key()
                : change instanceof Change.SetDestination set ? set.key() : null;
        return key != null
                && key.address() instanceof Inet6Address != change.service().ipv6();
    }

    private static String subject(Change change) {
        if (change instanceof Change.AddDestination add) {
            return "real server " + add.key();
        }
        if (change instanceof Change.SetDestination set) {
            return "real server " + set.key();
        }
        return change instanceof Change.RemoveDestination removal ? "real server " + removal.key() : "virtual server";
    }
}
