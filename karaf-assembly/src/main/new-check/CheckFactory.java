package __PACKAGE__;

import static io.halcyon.spi.keys.KeyValue.refused;

import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import org.osgi.service.component.annotations.Component;

/** Makes checks of the type {@code __NAME__}. Being a service is all that it takes to be found. */
@Component(service = HealthCheckFactory.class)
public final class __CLASS__CheckFactory implements HealthCheckFactory<__CLASS__Keys> {

    @Override
    public String type() {
        return "__NAME__";
    }

    @Override
    public Class<__CLASS__Keys> parameters() {
        return __CLASS__Keys.class;
    }

    /** Types, ranges and required keys were looked at before; here comes what only this type can know. */
    @Override
    public HealthCheck create(String name, __CLASS__Keys keys) {
        if (keys.connect_ip().isBlank()) {
            throw refused("connect.ip", keys.connect_ip(), "the name or the address of a server");
        }
        return new __CLASS__Check(keys.connect_ip(), keys.connect_port(), keys.greeting());
    }
}
