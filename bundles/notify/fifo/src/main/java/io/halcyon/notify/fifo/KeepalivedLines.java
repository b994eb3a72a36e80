package io.halcyon.notify.fifo;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.net.AddressText;
import io.halcyon.api.vrrp.RouterState;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Events in the words of keepalived's FIFOs, {@code notify_fifo}, {@code vrrp_notify_fifo} and {@code lvs_notify_fifo}. */
final class KeepalivedLines implements Telling {

    private static final String NONE = "";
    private static final Pattern IPV6 = Pattern.compile("\\[([0-9a-fA-F]*:[0-9a-fA-F:]*)](.*)");

    private final boolean vrrp;
    private final boolean lvs;
    private final boolean priorities;
    private final String lvsEnd;

    /** @param lvsNul whether a zero byte follows each line about servers */
    KeepalivedLines(boolean vrrp, boolean lvs, boolean priorities, boolean lvsNul) {
        this.vrrp = vrrp;
        this.lvs = lvs;
        this.priorities = priorities;
        this.lvsEnd = lvsNul ? "\n\0" : "\n";
    }

    @Override
    public List<byte[]> lines(EventRecord happened) {
        return texts(happened).stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** Of many events told at once, the lines of each: readers know no other way. */
    List<String> texts(EventRecord happened) {
        if (happened.event() instanceof Event.Digest digest) {
            return digest.events().stream()
                    .flatMap(member -> texts(member).stream())
                    .toList();
        }
        var line = line(happened.event());
        return line.isEmpty() ? List.of() : List.of(line);
    }

    private String line(Event event) {
        var routers = vrrp ? ofRouters(event) : NONE;
        var servers = lvs ? ofServers(event) : NONE;
        if (!routers.isEmpty()) {
            return routers + "\n";
        }
        return servers.isEmpty() ? NONE : servers + lvsEnd;
    }

    private String ofRouters(Event event) {
        if (event instanceof Event.RouterTransition router) {
            var state = state(router.to(), router.stopping(), router.deleted());
            return object("INSTANCE", router.object(), state, router.priority());
        }
        if (event instanceof Event.GroupTransition group) {
            return object("GROUP", group.object(), state(group.to(), group.stopping(), group.deleted()), 0);
        }
        if (event instanceof Event.LowerPriorityHeard rival) {
            return object("INSTANCE", rival.object(), "MASTER_RX_LOWER_PRI", rival.own());
        }
        if (event instanceof Event.PriorityChange priority && priorities) {
            boolean told = priority.state() == RouterState.MASTER || priority.state() == RouterState.BACKUP;
            var state = told ? priority.state() + "_PRIORITY" : NONE;
            return object("INSTANCE", priority.object(), state, priority.to());
        }
        return NONE;
    }

    /** A router that waits in INIT has no word there. */
    private static String state(RouterState to, boolean stopping, boolean deleted) {
        if (deleted || stopping) {
            return deleted ? "DELETED" : "STOP";
        }
        return to == RouterState.INIT ? NONE : to.name();
    }

    private static String object(String what, String name, String state, int priority) {
        return state.isEmpty() ? NONE : what + " \"" + name + "\" " + state + " " + priority;
    }

    private static String ofServers(Event event) {
        if (event instanceof Event.VirtualServerChange server) {
            return server("VS " + named(server.virtualServer()), server.from(), server.to());
        }
        if (event instanceof Event.RealServerChange server) {
            return server(
                    "RS " + named(server.realServer()) + " " + named(server.virtualServer()),
                    server.from(),
                    server.to());
        }
        return NONE;
    }

    /** Readers compare names as text: an IPv6 address is written as keepalived writes it. */
    private static String named(String name) {
        var ipv6 = IPV6.matcher(name);
        if (!ipv6.matches()) {
            return name;
        }
        try {
            return "[" + AddressText.of(InetAddress.getByName(ipv6.group(1))) + "]" + ipv6.group(2);
        } catch (UnknownHostException e) {
            return name;
        }
    }

    private static String server(String what, Health from, Health to) {
        if (to == Health.UNKNOWN || (works(from) && works(to))) {
            return NONE;
        }
        return what + (works(to) ? " UP" : " DOWN");
    }

    private static boolean works(Health health) {
        return health == Health.UP || health == Health.DEGRADED;
    }
}
