package io.halcyon.lvs.ipvs;

import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;
import java.net.Inet6Address;

/** Why the kernel does not take a change, for a person. */
final class Reasons {

    private Reasons() {}

    static String of(Change change, int errno) {
        if (errno == Errno.EINVAL && change instanceof Change.AddDestination add && isOfOtherFamily(add)) {
            return subject(change) + " is of the other address family, which the kernel does not take as long as"
                    + " connections are synchronized (lvs.sync.daemon)";
        }
        return switch (errno) {
            case Errno.ENOENT -> scheduler(change)
                    + "this kernel has no such scheduler, or its module cannot be loaded";
            case Errno.EEXIST, Errno.ESRCH -> "somebody else changes it at the same time (" + Errno.name(errno) + ")";
            case Errno.EAFNOSUPPORT -> "the kernel's IPVS has no IPv6 (CONFIG_IP_VS_IPV6)";
            case Errno.EPROTONOSUPPORT -> "the kernel's IPVS does not have the protocol";
            default -> String.valueOf(new LinuxException(subject(change), errno).getMessage());
        };
    }

    private static String scheduler(Change change) {
        String scheduler = change instanceof Change.AddService add
                ? add.settings().scheduler()
                : change instanceof Change.SetService set ? set.settings().scheduler() : "?";
        return "lvs.sched = " + scheduler + ": ";
    }

    private static boolean isOfOtherFamily(Change.AddDestination add) {
        return add.key().address() instanceof Inet6Address != add.service().ipv6();
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
