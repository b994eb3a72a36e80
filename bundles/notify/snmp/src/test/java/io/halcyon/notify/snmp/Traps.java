package io.halcyon.notify.snmp;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.api.vrrp.RouterStatus;
import io.halcyon.testkit.Keys;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events to tell of, and notifiers to tell them with. */
final class Traps {

    static final Instant AT = Instant.parse("2026-06-30T13:28:55.310Z");

    private Traps() {}

    static EventRecord record(long id, Event event) {
        return new EventRecord(id, AT, id, "lb1", List.of(15L, 16L), event);
    }

    static EventRecord router(long id, String name, RouterState to) {
        return record(
                id,
                new Event.RouterTransition(
                        name, RouterState.BACKUP, to, "nothing heard", 90, List.of("192.0.2.50/24"), false, false));
    }

    static EventRecord realServer(long id, String realServer, Health to) {
        return record(
                id,
                new Event.RealServerChange(
                        "web", "[192.0.2.60]:tcp:80", realServer, Health.UP, to, 1, "refused", 2, 3));
    }

    /** A notifier to a receiver on this machine; the keys given win. */
    static SnmpNotifier notifier(Path directory, int port, Map<String, Object> more) {
        var factory = new SnmpNotifierFactory(directory.resolve("boots"));
        return notifier(factory, port, more);
    }

    static SnmpNotifier notifier(SnmpNotifierFactory factory, int port, Map<String, Object> more) {
        var keys = new HashMap<String, Object>(Map.of("server", "127.0.0.1", "port", port));
        keys.putAll(more);
        return (SnmpNotifier) factory.create("nms", Keys.of(SnmpKeys.class, keys));
    }

    static Map<String, Object> v2c(Object... more) {
        return with(Map.of("community", Snmptrapd.COMMUNITY), more);
    }

    static Map<String, Object> v3(Object... more) {
        return with(
                Map.of(
                        "version", "v3",
                        "user", "halcyon",
                        "auth.password", "correct horse",
                        "priv.password", "battery staple"),
                more);
    }

    private static Map<String, Object> with(Map<String, Object> base, Object... more) {
        var keys = new HashMap<>(base);
        for (int i = 0; i < more.length; i += 2) {
            keys.put((String) more[i], more[i + 1]);
        }
        return keys;
    }

    /** A router on the loopback interface. */
    static RouterStatus status(@Nullable String source) {
        return new RouterStatus(
                "VI_1",
                "lo",
                51,
                3,
                RouterState.MASTER,
                "x",
                Instant.EPOCH,
                100,
                100,
                100,
                null,
                0,
                source,
                "raw",
                "netlink",
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of());
    }
}
