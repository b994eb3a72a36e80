package io.halcyon.check.http;

import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import org.osgi.service.component.annotations.Component;

/** Makes checks of the type {@code http}. */
@Component(service = HealthCheckFactory.class)
public final class HttpCheckFactory implements HealthCheckFactory<HttpKeys> {

    @Override
    public String type() {
        return "http";
    }

    @Override
    public Class<HttpKeys> parameters() {
        return HttpKeys.class;
    }

    @Override
    public HealthCheck create(String name, HttpKeys keys) {
        var reader = new KeyReader(keys, false, null);
        return new HttpCheck(reader.questions(), reader.limits(), null).from(reader.source());
    }
}
