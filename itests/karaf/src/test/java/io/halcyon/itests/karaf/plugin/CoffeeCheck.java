package io.halcyon.itests.karaf.plugin;

import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Component;

/** A check type as somebody else would write it: always up, and says which version of its bundle said so. */
@Component(service = HealthCheckFactory.class)
public final class CoffeeCheck implements HealthCheckFactory<CoffeeKeys> {

    @Override
    public String type() {
        return "coffee";
    }

    @Override
    public Class<CoffeeKeys> parameters() {
        return CoffeeKeys.class;
    }

    @Override
    public HealthCheck create(String name, CoffeeKeys keys) {
        var version = FrameworkUtil.getBundle(CoffeeCheck.class).getVersion();
        return (BlockingCheck) timeoutMillis -> CheckResult.up(keys.cups() + " cups, says version " + version);
    }
}
