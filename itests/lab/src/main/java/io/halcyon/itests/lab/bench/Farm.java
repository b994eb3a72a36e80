package io.halcyon.itests.lab.bench;

import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.Scheduler;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.Transport;
import io.halcyon.spi.dataplane.VirtualService;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Virtual servers with as many real servers each, all by weighted round robin and NAT. Weights depend on a round, and from one round
 * to the next all of them change.
 */
record Farm(int services, int serversEach) {

    static final Farm LARGE = new Farm(100, 10);

    private static final int PORT = 80;
    private static final int PER_NET = 250;
    private static final int WEIGHTS = 3;

    int servers() {
        return services * serversEach;
    }

    int weight(int server, int round) {
        return 1 + (server + round) % WEIGHTS;
    }

    private static String address(int net, int index) {
        return "10.%d.%d.%d".formatted(net, index / PER_NET, 1 + index % PER_NET);
    }

    static String serviceAddress(int service) {
        return address(80, service);
    }

    static String serverAddress(int server) {
        return address(81, server);
    }

    /** Address and port. */
    String lastService() {
        return serviceAddress(services - 1) + ":" + PORT;
    }

    /** Address and port. */
    String lastServer() {
        return serverAddress(servers() - 1) + ":" + PORT;
    }

    List<Desired> desired(int round) {
        return IntStream.range(0, services)
                .mapToObj(service -> desired(service, round))
                .toList();
    }

    private Desired desired(int service, int round) {
        var key = new ServiceKey.Addressed(Transport.TCP, parsed(serviceAddress(service)), PORT);
        var destinations = IntStream.range(service * serversEach, (service + 1) * serversEach)
                .mapToObj(server -> new Destination(
                        parsed(serverAddress(server)), PORT, new Forwarding.Nat(false), weight(server, round), 0, 0))
                .toList();
        return new Desired(
                new VirtualService(key, Scheduler.WRR, Set.of(), null, false), destinations, Desired.Leaving.KEEP);
    }

    private static InetAddress parsed(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // it is one of ours
        }
    }

    /**
     * The same for keepalived, which checks nothing.
     *
     * @param lastRound round of the last real server's weight
     */
    String keepalived(int round, int lastRound) {
        var text = new StringBuilder();
        for (int service = 0; service < services; service++) {
            text.append("virtual_server %s %d {%n    lvs_sched wrr%n    lvs_method NAT%n    protocol TCP%n"
                    .formatted(serviceAddress(service), PORT));
            for (int server = service * serversEach; server < (service + 1) * serversEach; server++) {
                int weight = weight(server, server == servers() - 1 ? lastRound : round);
                text.append("    real_server %s %d {%n        weight %d%n    }%n"
                        .formatted(serverAddress(server), PORT, weight));
            }
            text.append("}\n");
        }
        return text.toString();
    }
}
