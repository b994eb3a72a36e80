package io.halcyon.check.redis;

import io.halcyon.settings.Endpoint;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.tls.TlsClient;
import io.halcyon.tls.TlsOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javax.net.ssl.SNIHostName;
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
        return new RedisCheck(
                endpoint, encryption(keys, endpoint), new Login(keys.user(), keys.password()), expectation);
    }

    private static List<Condition> conditions(String key, String[] members) {
        return named(key, Arrays.toString(members), () -> Condition.of(members));
    }

    private static RedisCheck.@Nullable Encryption encryption(RedisKeys keys, Endpoint endpoint) {
        if (!keys.tls()) {
            return null;
        }
        if (keys.certificate().isEmpty() != keys.key().isEmpty()) {
            throw refused("certificate", keys.certificate(), "a file together with key");
        }
        return new RedisCheck.Encryption(client(keys), serverName(keys, endpoint));
    }

    private static TlsClient client(RedisKeys keys) {
        var options = TlsOptions.DEFAULT.withVerify(keys.verify());
        if (!keys.ca().isEmpty()) {
            options = options.withCaFile(Path.of(keys.ca()));
        }
        if (!keys.certificate().isEmpty()) {
            options = options.withClientCertificate(Path.of(keys.certificate()), Path.of(keys.key()));
        }
        try {
            return TlsClient.of(options);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("ca, certificate, key: " + e.getMessage(), e);
        }
    }

    private static @Nullable String serverName(RedisKeys keys, Endpoint endpoint) {
        if (keys.sni_name().isEmpty()) {
            return endpoint.isNamed() ? endpoint.host() : null;
        }
        try {
            return new SNIHostName(keys.sni_name()).getAsciiName();
        } catch (IllegalArgumentException e) {
            throw refused("sni.name", keys.sni_name(), "a host name");
        }
    }

    private static <T> T named(String key, String value, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw refused(key, value, String.valueOf(e.getMessage()));
        }
    }

    private static IllegalArgumentException refused(String key, String value, String allowed) {
        return new IllegalArgumentException(key + " = " + value + " is refused: allowed is " + allowed);
    }
}
