package io.halcyon.lvs.engine.server;

import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.ServiceKey;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where host names of real servers lead to. Confined to its virtual server's thread. */
final class Resolution {

    /** A name that leads nowhere is asked for again sooner. */
    private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** What is known of one host name. */
    private static final class Name {
        private final String host;
        private List<InetAddress> addresses = List.of();
        private boolean answered;
        private String trouble = "";
        private long nextNanos;

        Name(String host, long nowNanos) {
            this.host = host;
            this.nextNanos = nowNanos;
        }
    }

    private final Map<String, Name> names = new HashMap<>();
    private Map<String, List<InetAddress>> remembered = Map.of();

    void remember(Map<String, List<InetAddress>> addresses) {
        remembered = addresses;
    }

    /** Names that stay are not forgotten. */
    void configure(List<RealServer> realServers, long nowNanos) {
        Map<String, Name> before = new HashMap<>(names);
        names.clear();
        for (RealServer server : realServers) {
            if (!server.host().isEmpty()) {
                Name known = before.get(server.name());
                boolean same = known != null && known.host.equals(server.host());
                names.put(server.name(), same ? known : fresh(server, nowNanos));
            }
        }
        remembered = Map.of();
    }

    private Name fresh(RealServer server, long nowNanos) {
        Name name = new Name(server.host(), nowNanos);
        name.addresses = remembered.getOrDefault(server.name(), List.of());
        name.answered = !name.addresses.isEmpty();
        return name;
    }

    /** Asks for what is due. */
    void ask(ServerSettings settings, long nowNanos, Outbox out) {
        for (RealServer server : settings.realServers()) {
            Name name = names.get(server.name());
            if (name != null && name.nextNanos <= nowNanos) {
                long interval = settings.policy().resolveNanos();
                name.nextNanos = nowNanos + (name.addresses.isEmpty() ? Math.min(SOON_NANOS, interval) : interval);
                out.resolve(server);
            }
        }
    }

    /** Addresses that packets of the services can reach; what was known stays if there are none. */
    void on(Input.Resolved answer, ServerSettings settings, long nowNanos) {
        Name name = asked(answer.realServer(), answer.host());
        RealServer server = server(settings, answer.realServer());
        if (name == null || server == null) {
            return;
        }
        List<InetAddress> usable = usable(answer.addresses(), server.forwarding(), settings.services());
        name.answered = true;
        if (usable.isEmpty()) {
            name.trouble =
                    answer.host() + " has no " + (settings.services().get(0).ipv6() ? "IPv6" : "IPv4") + " address";
            return;
        }
        name.trouble = "";
        name.addresses = usable;
        name.nextNanos = nowNanos + settings.policy().resolveNanos();
    }

    void on(Input.ResolutionFailed answer) {
        Name name = asked(answer.realServer(), answer.host());
        if (name != null) {
            name.answered = true;
            name.trouble = answer.reason();
        }
    }

    List<InetAddress> addresses(RealServer server) {
        InetAddress address = server.address();
        Name name = names.get(server.name());
        if (address != null || name == null) {
            return address == null ? List.of() : List.of(address);
        }
        return name.addresses;
    }

    /** What is wrong with a host name, empty if nothing is. */
    String trouble(RealServer server) {
        Name name = names.get(server.name());
        if (name == null || !name.trouble.isEmpty() || name.answered) {
            return name == null ? "" : name.trouble;
        }
        return "nobody has said yet where " + name.host + " leads to";
    }

    /** Whether every name has had an answer, good or bad. */
    boolean isComplete() {
        return names.values().stream().allMatch(name -> name.answered);
    }

    Map<String, List<InetAddress>> known() {
        Map<String, List<InetAddress>> known = new HashMap<>();
        names.forEach((server, name) -> {
            if (!name.addresses.isEmpty()) {
                known.put(server, name.addresses);
            }
        });
        return known;
    }

    long nextNanos() {
        return names.values().stream().mapToLong(name -> name.nextNanos).min().orElse(Long.MAX_VALUE);
    }

    private @Nullable Name asked(String realServer, String host) {
        Name name = names.get(realServer);
        return name != null && name.host.equals(host) ? name : null;
    }

    private static @Nullable RealServer server(ServerSettings settings, String name) {
        return settings.realServers().stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static List<InetAddress> usable(
            List<InetAddress> addresses, Forwarding forwarding, List<ServiceKey> services) {
        boolean ipv6 = services.get(0).ipv6();
        List<InetAddress> sorted = addresses.stream()
                .distinct()
                .sorted(Comparator.comparing(InetAddress::getHostAddress))
                .toList();
        List<InetAddress> same = sorted.stream()
                .filter(address -> address instanceof Inet6Address == ipv6)
                .toList();
        return same.isEmpty() && forwarding instanceof Forwarding.Tunnel ? sorted : same;
    }
}
