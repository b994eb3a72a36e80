package io.halcyon.lvs.engine.server;

import io.halcyon.api.net.AddressText;
import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.VirtualService;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a virtual server's file says, checked. Immutable; equal ones mean that nothing has changed.
 *
 * @param name name of the virtual server
 * @param services what it takes, in the order of the file, at least one
 * @param spreading how it spreads
 * @param policy when who serves
 * @param scripts what runs when the quorum comes and goes
 * @param realServers in the order of their names
 * @param sorry sorry server, null without
 * @param warnings what is allowed but hardly meant
 */
public record ServerSettings(
        String name,
        List<ServiceKey> services,
        Spreading spreading,
        Policy policy,
        Scripts scripts,
        List<RealServer> realServers,
        @Nullable RealServer sorry,
        List<String> warnings) {

    /** Factory PID of virtual servers. */
    public static final String PID = LvsKeys.PID;

    /** Name of the sorry server among the real servers. */
    public static final String SORRY = "sorry";

    public ServerSettings {
        services = List.copyOf(services);
        realServers = List.copyOf(realServers);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a file.
     *
     * @throws Refusal naming the key and what is allowed
     */
    public static ServerSettings of(ConfigText text) throws Refusal {
        return new ServerParser(text).settings();
    }

    /**
     * Refuses a service that another virtual server has.
     *
     * @param text where these settings come from
     * @param others of all virtual servers that exist, these included or not
     */
    public void requireUnique(ConfigText text, Collection<ServerSettings> others) throws Refusal {
        for (ServerSettings other : others) {
            if (!other.name().equals(name)) {
                requireUnique(text, other);
            }
        }
    }

    /**
     * Lets checks and notifiers be judged by those who will make them.
     *
     * @param text where these settings come from
     * @throws Refusal naming the key of this file that is to blame
     */
    public void judge(ConfigText text, Judges judges) throws Refusal {
        new Objections(text, judges).require(this);
    }

    /** Its services with all real servers in, for what a data plane says of them; host names are not among them. */
    public List<Desired> whole() {
        return services.stream()
                .map(service -> desired(service, destinations(service).values(), Desired.Leaving.KEEP))
                .toList();
    }

    /**
     * The same in pieces, so that what a data plane says of one is true of the key that made it: each service alone, then with
     * one real server each, then whole.
     */
    public List<Piece> pieces() {
        List<Piece> pieces = new ArrayList<>();
        for (ServiceKey service : services) {
            Map<String, Destination> destinations = destinations(service);
            pieces.add(new Piece("", desired(service, List.of(), Desired.Leaving.KEEP)));
            destinations.forEach((key, destination) ->
                    pieces.add(new Piece(key, desired(service, List.of(destination), Desired.Leaving.KEEP))));
            pieces.add(new Piece("", desired(service, destinations.values(), Desired.Leaving.KEEP)));
        }
        return pieces;
    }

    /**
     * A service with some of its real servers.
     *
     * @param key of the real server that it has, empty if it is not about one
     */
    public record Piece(String key, Desired desired) {}

    /** What a service has, by the key in the file; of two that are the same to it the first. */
    private Map<String, Destination> destinations(ServiceKey service) {
        Map<String, RealServer> all = new LinkedHashMap<>();
        realServers.forEach(server -> all.put(LvsKeys.REAL_SERVER + "." + server.name(), server));
        if (sorry != null) {
            all.put("sorry.server", sorry);
        }
        Map<String, Destination> destinations = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        all.forEach((key, server) -> {
            InetAddress address = server.address();
            if (address != null) {
                Destination destination = server.destination(service, address, server.weight());
                if (seen.add(destination.toString())) {
                    destinations.put(key, destination);
                }
            }
        });
        return destinations;
    }

    /** One of its services with these destinations. */
    Desired desired(ServiceKey service, Collection<Destination> destinations, Desired.Leaving leaving) {
        VirtualService virtual = new VirtualService(
                service, spreading.scheduler(), spreading.flags(), spreading.persistence(), spreading.onePacket());
        return new Desired(virtual, List.copyOf(destinations), leaving);
    }

    private void requireUnique(ConfigText text, ServerSettings other) throws Refusal {
        for (ServiceKey service : services) {
            if (other.services().contains(service)) {
                throw text.refuse(
                        "virtual.server",
                        "what no other virtual server takes; " + other.name() + " takes " + label(service));
            }
        }
    }

    /** As events name it: {@code [192.0.2.1]:tcp:80} or {@code FWM 5}; of several services the first. */
    public String label() {
        return labels().get(0);
    }

    /** The same of all its services. */
    public List<String> labels() {
        return services.stream().map(this::label).toList();
    }

    private String label(ServiceKey service) {
        return service instanceof ServiceKey.Addressed addressed
                ? eventLabel(addressed.address(), addressed.port())
                : service.toString();
    }

    /** Names of checks with files of their own that its real servers depend on. */
    public Set<String> trackedChecks() {
        return realServers.stream()
                .flatMap(server -> server.trackedChecks().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The same of a real server: {@code [192.0.2.11]:tcp:80}. */
    String eventLabel(InetAddress address, int port) {
        return "[" + AddressText.of(address) + "]:" + spreading.transport().word() + ":" + port;
    }

    /** Names of its real servers. */
    List<String> names() {
        return realServers.stream().map(RealServer::name).toList();
    }

    /** Who owns its checks and notifiers, and begins their names. */
    public String owner() {
        return owner(name);
    }

    /** The same of a virtual server of that name. */
    public static String owner(String name) {
        return "lvs/" + name;
    }
}
