package io.halcyon.lvs.engine.server;

import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import io.halcyon.settings.Schema;
import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.ServiceKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Turns a file into settings, or says what is wrong with it. */
final class ServerParser {

    static final Schema<LvsKeys> SCHEMA = Schema.of(LvsKeys.class);

    private static final String VIRTUAL_SERVER = "virtual.server";

    private final ConfigText text;
    private final LvsKeys keys;

    ServerParser(ConfigText text) throws Refusal {
        text.requireKnown(List.of(SCHEMA), List.of(LvsKeys.REAL_SERVER, LvsKeys.CHECK));
        this.text = text;
        this.keys = text.bind(SCHEMA);
    }

    ServerSettings settings() throws Refusal {
        SpreadingKeys spreading = new SpreadingKeys(text, keys);
        List<ServiceKey> services = services(new ServiceLine(spreading.transport(), keys.persistence_timeout() > 0));
        Spreading how = spreading.spreading(services);
        Policy policy = policy(services);
        CheckTemplates checks = new CheckTemplates(text);
        List<RealServer> realServers = new RealServerParser(text, keys, forwarding(), services, checks).realServers();
        RealServer sorry = sorry(services);
        requireNatToMasquerade(realServers, sorry);
        return new ServerSettings(
                text.object(),
                services,
                how,
                policy,
                new Scripts(keys.quorum_up(), keys.quorum_down()),
                realServers,
                sorry,
                Oddities.of(text, policy, realServers, checks.unused(realServers)));
    }

    private List<ServiceKey> services(ServiceLine line) throws Refusal {
        Set<ServiceKey> services = new LinkedHashSet<>();
        for (String member : keys.virtual_server()) {
            for (ServiceKey service : member(line, member)) {
                if (!services.add(service)) {
                    throw text.refuse(VIRTUAL_SERVER, "each service once; " + service + " is there twice");
                }
            }
        }
        if (services.isEmpty()) {
            throw text.refuse(VIRTUAL_SERVER, ServiceLine.ALLOWED);
        }
        if (services.size() > ServiceLine.MOST_ADDRESSES) {
            throw text.refuse(VIRTUAL_SERVER, "at most " + ServiceLine.MOST_ADDRESSES + " addresses");
        }
        return List.copyOf(services);
    }

    private List<ServiceKey> member(ServiceLine line, String member) throws Refusal {
        try {
            return line.services(member);
        } catch (IllegalArgumentException e) {
            throw text.refuse(VIRTUAL_SERVER, e.getMessage() + " (of '" + member + "')");
        }
    }

    private Forwarding forwarding() throws Refusal {
        try {
            return ForwardingLine.read(keys.lvs_method(), keys.masquerade());
        } catch (IllegalArgumentException e) {
            throw text.refuse("lvs.method", String.valueOf(e.getMessage()));
        }
    }

    private Policy policy(List<ServiceKey> services) throws Refusal {
        if (keys.hysteresis() >= keys.quorum()) {
            throw text.refuse("hysteresis", "a whole number below the quorum, " + keys.quorum());
        }
        boolean marksOnly = services.stream().allMatch(ServiceKey.Marked.class::isInstance);
        if (keys.ha_suspend() && marksOnly) {
            throw text.refuse("ha.suspend", "no, or an address in " + VIRTUAL_SERVER + ": a mark is on every host");
        }
        return new Policy(
                keys.quorum(),
                keys.hysteresis(),
                keys.omega(),
                keys.ha_suspend(),
                keys.sorry_server_inhibit(),
                TimeUnit.SECONDS.toNanos(keys.resolve_interval()),
                TimeUnit.SECONDS.toNanos(keys.slow_start()),
                keys.ejected_max(),
                keys.connections_end());
    }

    private @Nullable RealServer sorry(List<ServiceKey> services) throws Refusal {
        if (keys.sorry_server().isEmpty()) {
            requireNothing(
                    "sorry.server.lvs.method", !keys.sorry_server_lvs_method().isEmpty());
            requireNothing("sorry.server.inhibit", keys.sorry_server_inhibit());
            return null;
        }
        Forwarding forwarding = forwarding();
        Place place;
        try {
            if (!keys.sorry_server_lvs_method().isEmpty()) {
                forwarding = ForwardingLine.read(keys.sorry_server_lvs_method(), keys.masquerade());
            }
        } catch (IllegalArgumentException e) {
            throw text.refuse("sorry.server.lvs.method", String.valueOf(e.getMessage()));
        }
        try {
            place = Place.read(keys.sorry_server());
            place.requireAddress();
            place.requireFits(services, forwarding);
        } catch (IllegalArgumentException e) {
            throw text.refuse("sorry.server", String.valueOf(e.getMessage()));
        }
        return RealServer.sorry(place, forwarding, keys.sorry_server_inhibit());
    }

    private void requireNothing(String key, boolean given) throws Refusal {
        if (given) {
            throw text.refuse(key, "nothing without sorry.server");
        }
    }

    private void requireNatToMasquerade(List<RealServer> realServers, @Nullable RealServer sorry) throws Refusal {
        List<RealServer> all = new ArrayList<>(realServers);
        if (sorry != null) {
            all.add(sorry);
        }
        if (keys.masquerade() && all.stream().noneMatch(server -> server.forwarding() instanceof Forwarding.Nat)) {
            throw text.refuse("masquerade", "no, or lvs.method = NAT");
        }
    }
}
