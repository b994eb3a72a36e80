package io.halcyon.notify.webhook;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.spi.notify.DeliveryException;
import io.halcyon.spi.notify.Notifier;
import io.halcyon.testkit.Keys;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Notifiers and events for tests. */
final class Webhooks {

    static final Instant AT = Instant.parse("2026-06-30T13:28:55.310Z");

    private Webhooks() {}

    /** Keys, two by two. */
    static Notifier notifier(String url, Object... more) {
        return new WebhookNotifierFactory().create("hook", keys(url, more));
    }

    static WebhookKeys keys(String url, Object... more) {
        var keys = new HashMap<String, Object>(Map.of("url", url));
        for (int i = 0; i < more.length; i += 2) {
            keys.put((String) more[i], more[i + 1]);
        }
        return Keys.of(WebhookKeys.class, keys);
    }

    /** What went wrong with the delivery of one event. */
    static DeliveryException failure(Notifier notifier) {
        return catchThrowableOfType(DeliveryException.class, () -> notifier.deliver(transition(17)));
    }

    static EventRecord transition(long id) {
        return record(
                id,
                new Event.RouterTransition(
                        "VI_1",
                        RouterState.BACKUP,
                        RouterState.MASTER,
                        "the master fell silent",
                        100,
                        List.of("192.0.2.50/24"),
                        false,
                        false));
    }

    static EventRecord verdict(long id, Health from, Health to) {
        return record(id, new Event.VerdictChange("chk_web", from, to, "no process"));
    }

    static EventRecord record(long id, Event event) {
        return new EventRecord(id, AT, id, "lb1", List.of(id - 1), event);
    }
}
