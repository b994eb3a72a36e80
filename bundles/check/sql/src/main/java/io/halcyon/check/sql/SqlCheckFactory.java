package io.halcyon.check.sql;

import static io.halcyon.spi.keys.KeyValue.refused;

import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.jdbc.DataSourceFactory;

/** Makes checks of the type {@code sql}, and knows the drivers that are services. */
@Component(service = HealthCheckFactory.class)
public final class SqlCheckFactory implements HealthCheckFactory<SqlKeys> {

    private final Drivers drivers;

    @Activate
    public SqlCheckFactory(BundleContext bundles) {
        this.drivers = new Drivers(bundles);
    }

    @Override
    public String type() {
        return "sql";
    }

    @Override
    public Class<SqlKeys> parameters() {
        return SqlKeys.class;
    }

    @Override
    public HealthCheck create(String name, SqlKeys keys) {
        if (!keys.url().startsWith("jdbc:")) {
            throw refused("url", keys.url(), "jdbc:...");
        }
        if (keys.query().isBlank()) {
            throw refused("query", keys.query(), "a query that returns a row");
        }
        if (keys.user().isEmpty() && !keys.password().isEmpty()) {
            throw refused("user", "", "a user, since there is a password");
        }
        if (!keys.expected().isEmpty() && !keys.value_max().isEmpty()) {
            throw refused("value.max", keys.value_max(), "nothing beside expected");
        }
        return new SqlCheck(
                name,
                drivers,
                keys.driver(),
                new Question.Text(keys.url(), keys.user(), keys.password(), keys.query()),
                new SqlCheck.Wanted(keys.expected(), number(keys.value_max())));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addFactory(DataSourceFactory factory, Map<String, Object> properties) {
        drivers.add(factory, properties);
    }

    void removeFactory(DataSourceFactory factory) {
        drivers.remove(factory);
    }

    private static @Nullable BigDecimal number(String text) {
        if (text.isBlank()) {
            return null;
        }
        if (!text.strip().matches("-?\\d{1,18}(\\.\\d{1,9})?")) {
            throw refused("value.max", text, "a decimal number");
        }
        return new BigDecimal(text.strip());
    }
}
