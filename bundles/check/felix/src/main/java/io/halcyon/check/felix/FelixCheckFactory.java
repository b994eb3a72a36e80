package io.halcyon.check.felix;

import static io.halcyon.spi.keys.KeyValue.refused;

import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Makes checks of the type {@code felix}, and knows the health checks of Apache Felix that are services. */
@Component(service = HealthCheckFactory.class)
public final class FelixCheckFactory implements HealthCheckFactory<FelixKeys> {

    private final FelixChecks checks = new FelixChecks();

    @Override
    public String type() {
        return "felix";
    }

    @Override
    public Class<FelixKeys> parameters() {
        return FelixKeys.class;
    }

    @Override
    public HealthCheck create(String name, FelixKeys keys) {
        var tags = new ArrayList<String>();
        var without = new ArrayList<String>();
        for (var tag : keys.tags()) {
            if (tag.isBlank() || tag.equals("-")) {
                throw refused("tags", tag, "tags, and tags with - in front");
            }
            if (tag.startsWith("-")) {
                without.add(tag.substring(1));
            } else {
                tags.add(tag);
            }
        }
        var names = Arrays.asList(keys.name());
        if (names.isEmpty() && tags.isEmpty()) {
            throw refused("name", String.join(", ", names), "at least one name, or tags that a check has");
        }
        return new FelixCheck(name, checks, new Selection(names, tags, without, keys.tags_or()), keys.found_min());
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addCheck(org.apache.felix.hc.api.HealthCheck check, Map<String, Object> properties) {
        checks.add(check, properties);
    }

    void updatedCheck(org.apache.felix.hc.api.HealthCheck check, Map<String, Object> properties) {
        checks.add(check, properties);
    }

    void removeCheck(org.apache.felix.hc.api.HealthCheck check) {
        checks.remove(check);
    }
}
