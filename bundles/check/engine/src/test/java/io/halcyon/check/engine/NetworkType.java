package io.halcyon.check.engine;

import io.halcyon.check.haproxy.HaproxyCheckFactory;
import io.halcyon.check.http.HttpCheckFactory;
import io.halcyon.check.http.HttpsCheckFactory;
import io.halcyon.check.nginx.NginxCheckFactory;
import io.halcyon.check.ping.PingCheckFactory;
import io.halcyon.check.redis.RedisCheckFactory;
import io.halcyon.check.smtp.SmtpCheckFactory;
import io.halcyon.check.tcp.TcpCheckFactory;
import io.halcyon.check.tlscertificate.TlsCertificateCheckFactory;
import io.halcyon.check.udp.UdpCheckFactory;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.testkit.Keys;
import java.lang.annotation.Annotation;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A type that uses the network, and its keys without whom it asks. All but {@code dns}: its library makes itself the resolver of
 * newer JDKs from a class path, and it connects as {@code udp} and {@code tcp} do.
 *
 * @param name as it is shown
 */
record NetworkType(String name, HealthCheckFactory<?> factory, Map<String, Object> keys) {

    static Stream<NetworkType> all() {
        Map<String, Object> trusting = Map.of("verify", false);
        Map<String, Object> tls = Map.of("verify", false, "tls", true);
        return Stream.of(
                new NetworkType("tcp", new TcpCheckFactory(), Map.of("expect", "never")),
                new NetworkType("tcp in TLS", new TcpCheckFactory(), tls),
                new NetworkType("http", new HttpCheckFactory(), Map.of()),
                new NetworkType("https", new HttpsCheckFactory(), trusting),
                new NetworkType("smtp", new SmtpCheckFactory(), Map.of()),
                new NetworkType("smtps", new SmtpCheckFactory(), Map.of("verify", false, "tls", "smtps")),
                new NetworkType("udp", new UdpCheckFactory(), Map.of("require.reply", true, "reply.text", "never")),
                new NetworkType("redis", new RedisCheckFactory(), Map.of()),
                new NetworkType("redis in TLS", new RedisCheckFactory(), tls),
                new NetworkType("tls-certificate", new TlsCertificateCheckFactory(), trusting),
                new NetworkType(
                        "tls-certificate by SMTP",
                        new TlsCertificateCheckFactory(),
                        Map.of("verify", false, "starttls", "smtp")),
                new NetworkType("haproxy", new HaproxyCheckFactory(), Map.of()),
                new NetworkType("nginx", new NginxCheckFactory(), Map.of("pid.file", "", "process", "java")),
                new NetworkType("ping", new PingCheckFactory(), Map.of()));
    }

    HealthCheck check(int port, Map<String, ?> more) {
        var all = new TreeMap<>(keys);
        all.putAll(more);
        switch (factory.type()) {
            case "ping" -> all.put("connect.ip", "192.0.2.1");
            case "smtp" -> all.put("connect.ip", new String[] {"127.0.0.1:" + port});
            case "haproxy" -> all.put("stats.url", "http://127.0.0.1:" + port + "/");
            case "nginx" -> all.put("http.url", "http://127.0.0.1:" + port + "/");
            default -> all.put("connect.port", port);
        }
        return made(factory, all);
    }

    private static <P extends Annotation> HealthCheck made(HealthCheckFactory<P> factory, Map<String, ?> keys) {
        return factory.create("c", Keys.of(factory.parameters(), keys));
    }

    @Override
    public String toString() {
        return name;
    }
}
