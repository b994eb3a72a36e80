package io.halcyon.notify.snmp;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.vrrp.RouterStatus;
import io.halcyon.spi.notify.DeliveryException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns each event into its notifications and sends them. One thread owns it. */
final class Outlet {

    private final Sender sender;
    private final RfcMibs rfcMibs;
    private final @Nullable EventMib eventMib;

    // An event of which some notifications went out and others did not: none goes out twice.
    private long begunId;
    private int sent;

    Outlet(SnmpSettings settings, LocalEngine engine, Function<String, Optional<RouterStatus>> routers) {
        sender = new Sender(settings, engine);
        rfcMibs = new RfcMibs(settings.contents().rfc(), routers);
        var oid = settings.contents().eventOid();
        eventMib = oid.isEmpty() ? null : new EventMib(oid);
    }

    void send(EventRecord happened) throws DeliveryException, InterruptedException {
        if (happened.id() != begunId) {
            begunId = happened.id();
            sent = 0;
        }
        var notifications = notifications(happened);
        if (notifications.isEmpty() && happened.event() instanceof Event.Trial) {
            throw new DeliveryException(
                    "nothing was sent: keepalived has no notification for a trial, event.oid would give one",
                    null,
                    false);
        }
        while (sent < notifications.size()) {
            sender.send(notifications.get(sent), happened.node());
            sent++;
        }
        begunId = 0;
    }

    private List<Notification> notifications(EventRecord happened) {
        if (happened.event() instanceof Event.Digest digest) {
            return digest(happened, digest);
        }
        var all = new ArrayList<Notification>();
        var own = KeepalivedMib.of(happened);
        if (own != null) {
            all.add(eventMib == null ? own : own.withAll(eventMib.bindings(happened)));
        } else if (eventMib != null) {
            all.add(eventMib.of(happened));
        }
        var rfc = rfcMibs.of(happened.event());
        if (rfc != null) {
            all.add(rfc);
        }
        return all;
    }

    /** Where each object stands in the end: a receiver keeps states, and must not be left with old ones. */
    private List<Notification> digest(EventRecord happened, Event.Digest digest) {
        var standing = new LinkedHashMap<String, Notification>();
        for (var each : digest.events()) {
            var own = KeepalivedMib.of(each);
            if (own != null) {
                var key = own.name() + " " + subject(each.event());
                standing.remove(key);
                standing.put(key, own);
            }
        }
        var all = new ArrayList<>(standing.values());
        if (eventMib != null) {
            all.add(eventMib.of(happened));
        }
        return all;
    }

    private static String subject(Event event) {
        return event instanceof Event.RealServerChange server
                ? server.virtualServer() + " " + server.realServer()
                : event.object();
    }
}
