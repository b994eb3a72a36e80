package io.halcyon.check.ping;

import io.halcyon.linux.LinuxException;
import io.halcyon.linux.socket.EchoSocket.Family;
import io.halcyon.linux.socket.EchoSocket.Way;
import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Asks a host by ICMP echo, on a socket and a thread that all pings share. Thread-safe. */
final class PingCheck implements AsynchronousCheck {

    /**
     * By which way requests go, besides what the host's address says.
     *
     * @param source null for that of the route
     */
    record Route(String device, @Nullable InetAddress source, int mark) {}

    private final PingHost host;
    private final Route route;
    private final PingPlan plan;
    private final EchoLoops loops;
    private final HostNames names;
    private @Nullable Runnable abandon;
    private @Nullable CheckRun current;
    private boolean isAskingForName;

    PingCheck(PingHost host, Route route, PingPlan plan, EchoLoops loops, HostNames names) {
        this.host = host;
        this.route = route;
        this.plan = plan;
        this.loops = loops;
        this.names = names;
    }

    @Override
    public synchronized void look(CheckRun run) {
        forgetLastRun();
        current = run;
        var address = host.address();
        if (address != null) {
            ask(run, address);
        } else if (!isAskingForName) {
            // A lookup that takes longer than a run serves the next one.
            isAskingForName = true;
            names.ask(host.text(), this::found);
        }
    }

    @Override
    public synchronized void close() {
        forgetLastRun();
        loops.leave(this);
    }

    private synchronized void found(@Nullable InetAddress address) {
        isAskingForName = false;
        var run = current;
        if (run == null) {
            return;
        }
        if (address == null) {
            run.complete(CheckResult.down("unknown host " + host.text()));
        } else if (!PingHost.isOneHost(address) || !isOfTheSourcesFamily(address)) {
            run.complete(CheckResult.unknown(
                    host.text() + " is " + address.getHostAddress() + ", which cannot be asked from here"));
        } else {
            ask(run, address);
        }
    }

    private void ask(CheckRun run, InetAddress address) {
        try {
            var loop = loops.loop(Family.of(address), this);
            var ping = new PingRun(run, loop, way(address), plan, new Tally(host.text(), plan));
            abandon = () -> loop.execute(ping::abandon);
            if (!loop.execute(ping::begin)) {
                run.complete(CheckResult.unknown("the socket for pings broke"));
            }
        } catch (LinuxException e) {
            run.complete(CheckResult.unknown(String.valueOf(e.getMessage())));
        }
    }

    private Way way(InetAddress address) {
        var source = route.source() == null ? Way.any(Family.of(address)) : route.source();
        return new Way(address, route.device(), source, route.mark());
    }

    private boolean isOfTheSourcesFamily(InetAddress address) {
        return route.source() == null || Family.of(route.source()) == Family.of(address);
    }

    private void forgetLastRun() {
        current = null;
        var last = abandon;
        abandon = null;
        if (last != null) {
            last.run();
        }
    }
}
