package io.halcyon.check.sql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.jdbc.DataSourceFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JDBC drivers of other bundles: those that are offered as {@link DataSourceFactory}, then those that a bundle only lists for
 * {@link java.util.ServiceLoader}, which knows nothing of bundles. Thread-safe. Nothing of a bundle is kept, so that it can go.
 */
final class Drivers {

    private static final Logger LOG = LoggerFactory.getLogger(Drivers.class);
    private static final int LONGEST_LIST_BYTES = 4_096;
    private static final String LIST = "META-INF/services/java.sql.Driver";

    private final BundleContext bundles;
    private final Map<DataSourceFactory, String> offered = new ConcurrentHashMap<>();

    Drivers(BundleContext bundles) {
        this.bundles = bundles;
    }

    void add(DataSourceFactory factory, Map<String, ?> properties) {
        offered.put(factory, String.valueOf(properties.get(DataSourceFactory.OSGI_JDBC_DRIVER_CLASS)));
    }

    void remove(DataSourceFactory factory) {
        offered.remove(factory);
    }

    /**
     * The first driver that takes a URL, null if there is none.
     *
     * @param driverClass name of its class, empty for any
     */
    @Nullable
    Driver find(String url, String driverClass) {
        for (var factory : offered.entrySet()) {
            if (driverClass.isEmpty() || driverClass.equals(factory.getValue())) {
                var driver = offeredBy(factory.getKey(), url);
                if (driver != null) {
                    return driver;
                }
            }
        }
        for (var bundle : bundles.getBundles()) {
            var driver = listedBy(bundle, url, driverClass);
            if (driver != null) {
                return driver;
            }
        }
        return null;
    }

    private static @Nullable Driver offeredBy(DataSourceFactory factory, String url) {
        try {
            var driver = factory.createDriver(null);
            return driver.acceptsURL(url) ? driver : null;
        } catch (SQLException | RuntimeException | LinkageError e) {
            LOG.debug("a JDBC driver cannot be used: {}", e.toString());
            return null;
        }
    }

    private static @Nullable Driver listedBy(Bundle bundle, String url, String driverClass) {
        for (var name : namesIn(bundle)) {
            if (!driverClass.isEmpty() && !driverClass.equals(name)) {
                continue;
            }
            try {
                var driver =
                        (Driver) bundle.loadClass(name).getDeclaredConstructor().newInstance();
                if (driver.acceptsURL(url)) {
                    return driver;
                }
            } catch (ReflectiveOperationException | SQLException | RuntimeException | LinkageError e) {
                LOG.debug("JDBC driver {} of {} cannot be used: {}", name, bundle.getSymbolicName(), e.toString());
            }
        }
        return null;
    }

    private static List<String> namesIn(Bundle bundle) {
        // To ask an unresolved bundle for an entry would try to resolve it.
        var list = bundle.getState() < Bundle.RESOLVED ? null : bundle.getEntry(LIST);
        if (list == null) {
            return List.of();
        }
        try (var in = list.openStream()) {
            return new String(in.readNBytes(LONGEST_LIST_BYTES), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceAll("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
