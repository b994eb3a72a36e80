package io.halcyon.notify.webhook;

import io.halcyon.api.event.EventRecord;
import io.halcyon.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Alerts as {@code POST /api/v2/alerts} of Alertmanager takes them. */
final class AlertmanagerBody implements Body {

    private final Alerts alerts;

    AlertmanagerBody(Alerts alerts) {
        this.alerts = alerts;
    }

    @Override
    public @Nullable String of(EventRecord record) {
        List<Alert> told = alerts.of(record);
        return told.isEmpty()
                ? null
                : Json.write(told.stream().map(AlertmanagerBody::json).toList());
    }

    private static Map<String, Object> json(Alert alert) {
        var json = new LinkedHashMap<String, Object>();
        json.put("labels", alert.labels());
        json.put("annotations", alert.annotations());
        var startsAt = alert.startsAt();
        if (startsAt != null) {
            json.put("startsAt", startsAt);
        }
        json.put("endsAt", alert.endsAt());
        return json;
    }
}
