package io.halcyon.check.ping;

import static io.halcyon.spi.keys.KeyValue.named;
import static io.halcyon.spi.keys.KeyValue.refused;

import io.halcyon.linux.socket.EchoSocket.Family;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Makes checks of the type {@code ping}. */
@Component(service = HealthCheckFactory.class)
public final class PingCheckFactory implements HealthCheckFactory<PingKeys> {

    private final EchoLoops loops = new EchoLoops();
    private final HostNames names = new HostNames();

    @Override
    public String type() {
        return "ping";
    }

    @Override
    public Class<PingKeys> parameters() {
        return PingKeys.class;
    }

    @Override
    public HealthCheck create(String name, PingKeys keys) {
        var host = named("connect.ip", keys.connect_ip(), () -> PingHost.of(keys.connect_ip()));
        if (keys.replies_min() > keys.count()) {
            throw refused("replies.min", Integer.toString(keys.replies_min()), "at most count = " + keys.count());
        }
        return new PingCheck(host, route(keys, host), plan(keys), loops, names);
    }

    @Deactivate
    void deactivate() {
        names.close();
    }

    private static PingCheck.Route route(PingKeys keys, PingHost host) {
        var device = keys.bind_if();
        if (!device.isEmpty() && !PingHost.isDevice(device)) {
            throw refused("bind.if", device, "the name of an interface");
        }
        if (!device.isEmpty() && !host.device().isEmpty() && !device.equals(host.device())) {
            throw refused("bind.if", device, "the interface in connect.ip = " + host.text() + ", or none");
        }
        device = device.isEmpty() ? host.device() : device;
        if (device.isEmpty()
                && host.address() != null
                && host.address().isLinkLocalAddress()
                && Family.of(host.address()) == Family.IPV6) {
            throw refused("bind.if", "", "the interface that leads to connect.ip = " + host.text());
        }
        return new PingCheck.Route(device, source(keys.bindto(), host.address()), keys.fwmark());
    }

    private static @Nullable InetAddress source(String text, @Nullable InetAddress target) {
        if (text.isEmpty()) {
            return null;
        }
        var source = named("bindto", text, () -> PingHost.literal(text));
        if (target != null && Family.of(source) != Family.of(target)) {
            throw refused("bindto", text, "an address of the family of connect.ip");
        }
        return source;
    }

    private static PingPlan plan(PingKeys keys) {
        return new PingPlan(
                keys.count(),
                nanos(keys.echo_interval()),
                nanos(keys.reply_wait()),
                keys.size(),
                new PingPlan.Limits(keys.replies_min(), keys.loss_max(), keys.rtt_max(), keys.rtt_avg_max()));
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
