package io.halcyon.notify.snmp;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.vrrp.RouterState;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** keepalived's own notifications, with what they carry there as far as an event knows it. */
final class KeepalivedMib {

    private static final int UNKNOWN = 4;
    private static final int SHUTDOWN = 5;

    private KeepalivedMib() {}

    /** Null for an event that keepalived has no notification for. */
    static @Nullable Notification of(EventRecord happened) {
        var event = happened.event();
        if (event instanceof Event.RouterTransition router) {
            return Notification.named(Oids.INSTANCE_STATE_CHANGE)
                    .with(Oids.INSTANCE_NAME, router.object())
                    .with(Oids.INSTANCE_STATE, state(router.to(), router.stopping()))
                    // What its file says it begins as is not part of the event.
                    .with(Oids.INSTANCE_INITIAL_STATE, UNKNOWN)
                    .with(Oids.ROUTER_ID, happened.node());
        }
        if (event instanceof Event.GroupTransition group) {
            return Notification.named(Oids.GROUP_STATE_CHANGE)
                    .with(Oids.GROUP_NAME, group.object())
                    .with(Oids.GROUP_STATE, state(group.to(), group.stopping()))
                    .with(Oids.ROUTER_ID, happened.node());
        }
        if (event instanceof Event.RealServerChange server) {
            return realServer(server, happened.node());
        }
        return event instanceof Event.VirtualServerChange server ? quorum(server, happened.node()) : null;
    }

    private static @Nullable Notification realServer(Event.RealServerChange event, String node) {
        var real = ServerName.of(event.realServer());
        var virtual = ServerName.of(event.virtualServer());
        if (real == null || real.address() == null || virtual == null) {
            return null;
        }
        var notification = address(Notification.named(Oids.REAL_SERVER_STATE_CHANGE), Oids.REAL_SERVER, 3, real)
                .with(Oids.REAL_SERVER + ".6", works(event.to()) ? 1 : 2);
        return counted(virtualServer(notification, virtual), event.realServersUp(), event.realServersTotal())
                .with(Oids.ROUTER_ID, node);
    }

    private static @Nullable Notification quorum(Event.VirtualServerChange event, String node) {
        var virtual = ServerName.of(event.virtualServer());
        if (virtual == null) {
            return null;
        }
        var notification = virtualServer(Notification.named(Oids.QUORUM_STATE_CHANGE), virtual)
                .with(Oids.VIRTUAL_SERVER + ".23", works(event.to()) ? 1 : 2)
                .unsigned(Oids.VIRTUAL_SERVER + ".22", event.quorum());
        return counted(notification, event.realServersUp(), event.realServersTotal())
                .with(Oids.ROUTER_ID, node);
    }

    /** virtualServerRealServersUp and virtualServerRealServersTotal, unless the event is of a version that did not know them. */
    private static Notification counted(Notification notification, @Nullable Integer up, @Nullable Integer total) {
        return up == null || total == null
                ? notification
                : notification.unsigned(Oids.VIRTUAL_SERVER + ".21", up).unsigned(Oids.VIRTUAL_SERVER + ".20", total);
    }

    private static boolean works(Health now) {
        return now == Health.UP || now == Health.DEGRADED;
    }

    private static Notification virtualServer(Notification notification, ServerName server) {
        var typed = server.address() == null
                ? notification.with(Oids.VIRTUAL_SERVER + ".2", 1).unsigned(Oids.VIRTUAL_SERVER + ".4", server.mark())
                : address(notification.with(Oids.VIRTUAL_SERVER + ".2", 2), Oids.VIRTUAL_SERVER, 5, server);
        return typed.with(Oids.VIRTUAL_SERVER + ".8", server.protocol());
    }

    /** Kind of address, address and port, in three columns that follow each other. */
    private static Notification address(Notification notification, String row, int column, ServerName server) {
        InetAddress address = server.address();
        if (address == null) {
            return notification;
        }
        return notification
                .with(row + "." + column, inetAddressType(address))
                .bytes(row + "." + (column + 1), address.getAddress())
                .unsigned(row + "." + (column + 2), server.port());
    }

    /** RFC 4001: ipv4 1, ipv6 2. */
    static int inetAddressType(InetAddress address) {
        return address.getAddress().length == 4 ? 1 : 2;
    }

    private static int state(RouterState state, boolean stopping) {
        if (stopping) {
            return SHUTDOWN;
        }
        return switch (state) {
            case INIT -> 0;
            case BACKUP -> 1;
            case MASTER -> 2;
            case FAULT -> 3;
        };
    }
}
