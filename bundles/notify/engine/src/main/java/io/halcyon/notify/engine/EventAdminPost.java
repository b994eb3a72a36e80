package io.halcyon.notify.engine;

import io.halcyon.api.event.EventRecord;
import java.util.HashMap;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/** Posts events to the framework's own bus. Loaded only where there is one: the package is an optional import. */
final class EventAdminPost {

    static final String TOPIC = "io/halcyon/event/";

    private EventAdminPost() {}

    static void post(Object eventAdmin, EventRecord happened) {
        var properties = new HashMap<String, Object>();
        properties.put("id", happened.id());
        properties.put("timestamp", happened.at().toEpochMilli());
        properties.put("node", happened.node());
        properties.put("causes", happened.causes());
        properties.put("object", happened.event().object());
        properties.put("text", happened.event().text());
        properties.put("severity", happened.event().severity().name());
        var topic = TOPIC + happened.event().kind();
        ((EventAdmin) eventAdmin).postEvent(new Event(topic, properties));
    }
}
