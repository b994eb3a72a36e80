package io.halcyon.check.redis;

import static io.halcyon.spi.keys.KeyValue.named;
import static io.halcyon.spi.keys.KeyValue.refused;

import io.halcyon.settings.Endpoint;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.spi.check.Source;
import io.halcyon.tls.TlsKeys;
import io.halcyon.tls.TlsOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Makes checks of the type {@code redis}. */
@Component(service = HealthCheckFactory.class)
public final class RedisCheckFactory implements HealthCheckFactory<RedisKeys> {

    @Override
    public String type() {
        return "redis";
    }

    @Override
    public Class<RedisKeys> parameters() {
        return RedisKeys.class;
    }

    @Override
    public HealthCheck create(String name, RedisKeys keys) {
        if (!keys.user().isEmpty() && keys.password().isEmpty()) {
            throw refused("user", keys.user(), "a user together with password or password.file");
        }
        var endpoint =
                named("connect.ip", keys.connect_ip(), () -> Endpoint.of(keys.connect_ip(), keys.connect_port()));
        var expectation = new Expectation(
                Role.valueOf(keys.role().toUpperCase(Locale.ROOT)),
                conditions("info", keys.info()),
                conditions("info.warn", keys.info_warn()));
        var source = Source.of(keys.bindto(), keys.bind_port(), keys.bind_if(), keys.fwmark());
        return new RedisCheck(
                        endpoint,
                        Math.round(keys.connect_timeout() * 1e3),
                        encryption(keys, endpoint),
                        new Login(keys.user(), keys.password()),
                        expectation)
                .from(source.to(endpoint.address()));
    }

    private static List<Condition> conditions(String key, String[] members) {
        return named(key, Arrays.toString(members), () -> Condition.of(members));
    }

    private static RedisCheck.@Nullable Encryption encryption(RedisKeys keys, Endpoint endpoint) {
        if (!keys.tls()) {
            return null;
        }
        return new RedisCheck.Encryption(
                TlsKeys.client(TlsOptions.DEFAULT.withVerify(keys.verify()), keys.ca(), keys.certificate(), keys.key()),
                TlsKeys.serverName(keys.sni_name(), endpoint.address()));
    }
}
