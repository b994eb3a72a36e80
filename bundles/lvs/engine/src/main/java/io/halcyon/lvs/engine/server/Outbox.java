package io.halcyon.lvs.engine.server;

import io.halcyon.api.event.Event;
import io.halcyon.api.lvs.RealServerHold;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.ServiceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Effects of one input while they come together: packets first, then words, then everything else. */
final class Outbox {

    private final List<Long> causes;
    private final List<Effect> orders = new ArrayList<>();
    private final List<Effect> notifiersFirst = new ArrayList<>();
    private final List<Effect> events = new ArrayList<>();
    private final List<Effect> rest = new ArrayList<>();

    /** @param cause id of the event behind the input, 0 if there is none */
    Outbox(long cause) {
        this.causes = cause == 0 ? List.of() : List.of(cause);
    }

    void put(List<Desired> services) {
        orders.add(new Effect.Put(services));
    }

    void remove(List<ServiceKey> services) {
        if (!services.isEmpty()) {
            orders.add(new Effect.Remove(services));
        }
    }

    /** An event that follows from the input. */
    void publish(Event event) {
        events.add(new Effect.Publish(event, causes, false));
    }

    /** An event that follows from those before it; if there are none, from the input. */
    void publishConsequence(Event event) {
        boolean first = events.isEmpty();
        events.add(new Effect.Publish(event, first ? causes : List.of(), !first));
    }

    void defineChecks(String owner, Map<String, Map<String, String>> checks) {
        rest.add(new Effect.DefineChecks(owner, checks));
    }

    /** New ones are there before the events of this input are told, and old ones until they have been told. */
    void defineNotifiers(
            String owner, Map<String, Map<String, String>> before, Map<String, Map<String, String>> notifiers) {
        Set<String> staying = notifiers.keySet();
        if (staying.containsAll(before.keySet())) {
            notifiersFirst.add(new Effect.DefineNotifiers(owner, notifiers));
            return;
        }
        if (!notifiers.isEmpty()) {
            Map<String, Map<String, String>> both = new HashMap<>(before);
            both.putAll(notifiers);
            notifiersFirst.add(new Effect.DefineNotifiers(owner, both));
        }
        rest.add(new Effect.DefineNotifiers(owner, notifiers));
    }

    void resolve(RealServer server) {
        rest.add(new Effect.Resolve(server.name(), server.host()));
    }

    void keepHold(String realServer, @Nullable RealServerHold hold) {
        rest.add(new Effect.KeepHold(realServer, hold));
    }

    List<Effect> effects() {
        List<Effect> all = new ArrayList<>(orders);
        all.addAll(notifiersFirst);
        all.addAll(events);
        all.addAll(rest);
        return List.copyOf(all);
    }
}
