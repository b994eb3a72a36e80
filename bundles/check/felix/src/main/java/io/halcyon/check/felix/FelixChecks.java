package io.halcyon.check.felix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.felix.hc.api.HealthCheck;
import org.jspecify.annotations.Nullable;

/** The Apache Felix health checks that are services now. Thread-safe. */
final class FelixChecks {

    private record Known(String name, Set<String> tags) {}

    private final Map<HealthCheck, Known> known = new ConcurrentHashMap<>();

    void add(HealthCheck check, Map<String, ?> properties) {
        known.put(check, new Known(name(properties), tags(properties.get(HealthCheck.TAGS))));
    }

    void remove(HealthCheck check) {
        known.remove(check);
    }

    /** Runs those that are meant, one after the other. */
    Findings run(Selection selection) {
        var findings = new ArrayList<Finding>();
        known.forEach((check, about) -> {
            if (selection.includes(about.name(), about.tags())) {
                findings.add(execute(check, about.name()));
            }
        });
        return new Findings(findings);
    }

    private static Finding execute(HealthCheck check, String name) {
        try {
            return Finding.of(name, check.execute());
        } catch (RuntimeException | LinkageError e) {
            return Finding.failed(name, e);
        }
    }

    private static String name(Map<String, ?> properties) {
        for (var key : List.of(HealthCheck.NAME, "component.name")) {
            var name = properties.get(key);
            if (name != null) {
                return name.toString();
            }
        }
        return "service " + properties.get("service.id");
    }

    private static Set<String> tags(@Nullable Object property) {
        if (property instanceof String[] several) {
            return Arrays.stream(several).collect(Collectors.toUnmodifiableSet());
        }
        if (property instanceof Collection<?> several) {
            return several.stream().map(Object::toString).collect(Collectors.toUnmodifiableSet());
        }
        return property == null ? Set.of() : Set.of(property.toString());
    }
}
