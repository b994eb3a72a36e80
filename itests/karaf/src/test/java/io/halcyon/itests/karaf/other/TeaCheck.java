package io.halcyon.itests.karaf.other;

import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Component;

/** A type that nobody touches while another comes and goes: it says how many checks of it were ever made. */
@Component(service = HealthCheckFactory.class)
public final class TeaCheck implements HealthCheckFactory<TeaKeys> {

    private final AtomicInteger made = new AtomicInteger();

    @Override
    public String type() {
        return "tea";
    }

    @Override
    public Class<TeaKeys> parameters() {
        return TeaKeys.class;
    }

    @Override
    public HealthCheck create(String name, TeaKeys keys) {
        made.incrementAndGet();
        return (BlockingCheck) timeoutMillis -> CheckResult.up(keys.pots() + " pots, made " + made.get() + " times");
    }
}
