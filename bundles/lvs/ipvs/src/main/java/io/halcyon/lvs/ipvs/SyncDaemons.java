package io.halcyon.lvs.ipvs;

import io.halcyon.linux.netlink.Attributes;
import io.halcyon.linux.netlink.GenericRequest;
import io.halcyon.spi.dataplane.SyncDaemon;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Synchronization daemons as attributes. */
final class SyncDaemons {

    private static final InetAddress KERNELS_GROUP =
            Objects.requireNonNull(Addresses.read(Ipvs.AF_INET, new byte[] {(byte) 224, 0, 0, 81}));

    private SyncDaemons() {}

    static @Nullable SyncDaemon read(Attributes daemon) {
        int state = (int) daemon.u32(Ipvs.DAEMON_STATE);
        if (state != Ipvs.STATE_MASTER && state != Ipvs.STATE_BACKUP) {
            return null;
        }
        return new SyncDaemon(
                state == Ipvs.STATE_MASTER ? SyncDaemon.Role.MASTER : SyncDaemon.Role.BACKUP,
                daemon.text(Ipvs.DAEMON_MCAST_IFN),
                (int) daemon.u32(Ipvs.DAEMON_SYNC_ID),
                daemon.u16(Ipvs.DAEMON_SYNC_MAXLEN),
                group(daemon),
                daemon.u16(Ipvs.DAEMON_MCAST_PORT),
                daemon.u8(Ipvs.DAEMON_MCAST_TTL));
    }

    private static @Nullable InetAddress group(Attributes daemon) {
        return daemon.has(Ipvs.DAEMON_MCAST_GROUP6)
                ? Addresses.read(Ipvs.AF_INET6, daemon.bytes(Ipvs.DAEMON_MCAST_GROUP6))
                : Addresses.read(Ipvs.AF_INET, daemon.bytes(Ipvs.DAEMON_MCAST_GROUP));
    }

    static GenericRequest start(SyncDaemon daemon) {
        return new GenericRequest(
                Ipvs.NEW_DAEMON,
                Ipvs.VERSION,
                attributes -> attributes.nested(Ipvs.ATTR_DAEMON, inner -> {
                    inner.u32(Ipvs.DAEMON_STATE, state(daemon.role()))
                            .text(Ipvs.DAEMON_MCAST_IFN, daemon.dev())
                            .u32(Ipvs.DAEMON_SYNC_ID, daemon.id());
                    if (daemon.maxLength() > 0) {
                        inner.u16(Ipvs.DAEMON_SYNC_MAXLEN, daemon.maxLength());
                    }
                    InetAddress group = daemon.group();
                    if (group != null) {
                        inner.bytes(
                                group instanceof Inet6Address ? Ipvs.DAEMON_MCAST_GROUP6 : Ipvs.DAEMON_MCAST_GROUP,
                                group.getAddress());
                    }
                    if (daemon.port() > 0) {
                        inner.u16(Ipvs.DAEMON_MCAST_PORT, daemon.port());
                    }
                    if (daemon.ttl() > 0) {
                        inner.u8(Ipvs.DAEMON_MCAST_TTL, daemon.ttl());
                    }
                }));
    }

    static GenericRequest stop(SyncDaemon.Role role) {
        return new GenericRequest(
                Ipvs.DEL_DAEMON,
                Ipvs.VERSION,
                attributes -> attributes.nested(Ipvs.ATTR_DAEMON, inner -> inner.u32(Ipvs.DAEMON_STATE, state(role))));
    }

    /**
     * Whether what runs is what is wanted. The longest datagram is not looked at: the kernel makes of it what the interface
     * and the role allow. Kernels before 4.3 do not say what follows the identifier, because it is always their own choice.
     */
    static boolean runs(SyncDaemon wanted, SyncDaemon found) {
        return wanted.role() == found.role()
                && wanted.dev().equals(found.dev())
                && wanted.id() == found.id()
                && (found.port() == 0 || runs(orKernels(wanted.group()), wanted.port(), wanted.ttl(), found));
    }

    private static boolean runs(InetAddress group, int port, int ttl, SyncDaemon found) {
        return group.equals(found.group())
                && (port == 0 ? Ipvs.SYNC_PORT : port) == found.port()
                && (ttl == 0 ? Ipvs.SYNC_TTL : ttl) == found.ttl();
    }

    private static InetAddress orKernels(@Nullable InetAddress group) {
        return group == null ? KERNELS_GROUP : group;
    }

    static String describe(SyncDaemon daemon) {
        return "lvs.sync.daemon = " + daemon.dev() + ": synchronization as "
                + daemon.role().name().toLowerCase(Locale.ROOT);
    }

    private static int state(SyncDaemon.Role role) {
        return role == SyncDaemon.Role.MASTER ? Ipvs.STATE_MASTER : Ipvs.STATE_BACKUP;
    }
}
