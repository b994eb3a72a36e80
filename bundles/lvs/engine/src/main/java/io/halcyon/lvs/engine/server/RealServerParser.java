package io.halcyon.lvs.engine.server;

import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import io.halcyon.settings.Schema;
import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.ServiceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads real servers. */
final class RealServerParser {

    static final Schema<RealServerKeys> SCHEMA = Schema.of(RealServerKeys.class);

    private static final String METHOD = "lvs.method";
    private static final String NAME_ALLOWED = "a name of letters, digits, - and _ behind real.server.";

    private final ConfigText text;
    private final LvsKeys common;
    private final Forwarding usualForwarding;
    private final List<ServiceKey> services;
    private final CheckTemplates templates;

    RealServerParser(
            ConfigText text,
            LvsKeys common,
            Forwarding usualForwarding,
            List<ServiceKey> services,
            CheckTemplates templates) {
        this.text = text;
        this.common = common;
        this.usualForwarding = usualForwarding;
        this.services = services;
        this.templates = templates;
    }

    List<RealServer> realServers() throws Refusal {
        List<RealServer> realServers = new ArrayList<>();
        Map<String, String> places = new HashMap<>();
        for (String name : text.parts(LvsKeys.REAL_SERVER)) {
            RealServer server = realServer(name);
            String other = places.put(server.host() + server.address() + " " + server.port(), name);
            if (other != null) {
                throw text.refuse(key(name), "an address and port that " + key(other) + " does not have");
            }
            realServers.add(server);
        }
        if (realServers.isEmpty()) {
            throw text.refuse("real.server.NAME", "at least one real server: " + Place.ALLOWED);
        }
        return realServers;
    }

    private RealServer realServer(String name) throws Refusal {
        if (!name.matches("[\\w-]+") || name.equals(ServerSettings.SORRY)) {
            throw text.refuse(key(name), NAME_ALLOWED + " other than " + ServerSettings.SORRY);
        }
        ConfigText part = text.part(key(name));
        part.requireKnown(List.of(SCHEMA), List.of(LvsKeys.CHECK));
        RealServerKeys keys = part.bind(SCHEMA);
        Forwarding forwarding = forwarding(part, keys);
        Place place = place(name, forwarding);
        if (keys.lthreshold() > keys.uthreshold()) {
            throw part.refuse("lthreshold", "at most uthreshold, " + keys.uthreshold());
        }
        List<String> looking = checks(part, keys);
        return new RealServer(
                name,
                place.host(),
                place.address(),
                place.port(),
                forwarding,
                part.has("weight") ? keys.weight() : common.weight(),
                keys.uthreshold(),
                keys.lthreshold(),
                part.has("inhibit.on.failure") ? keys.inhibit_on_failure() : common.inhibit_on_failure(),
                part.has("alpha") ? keys.alpha() : common.alpha(),
                new Scripts(keys.notify_up(), keys.notify_down()),
                templates.of(key(name), part, looking, portOf(place)),
                looking.stream().filter(check -> !templates.has(check)).toList());
    }

    private Place place(String name, Forwarding forwarding) throws Refusal {
        String line = text.written().get(key(name));
        if (line == null) {
            throw text.refuse(key(name), Place.ALLOWED);
        }
        try {
            Place place = Place.read(line);
            place.requireFits(services, forwarding);
            return place;
        } catch (IllegalArgumentException e) {
            throw text.refuse(key(name), String.valueOf(e.getMessage()));
        }
    }

    private Forwarding forwarding(ConfigText part, RealServerKeys keys) throws Refusal {
        try {
            return part.has(METHOD) ? ForwardingLine.read(keys.lvs_method(), common.masquerade()) : usualForwarding;
        } catch (IllegalArgumentException e) {
            throw part.refuse(METHOD, String.valueOf(e.getMessage()));
        }
    }

    /** Names of those that look at it. */
    private List<String> checks(ConfigText part, RealServerKeys keys) throws Refusal {
        List<String> named = List.of(keys.checks());
        if (named.isEmpty()) {
            return templates.names();
        }
        if (named.contains("none") && named.size() > 1) {
            throw part.refuse("checks", "none alone, or names of checks");
        }
        if (named.stream().distinct().count() < named.size()) {
            throw part.refuse("checks", "each check once");
        }
        return named.contains("none") ? List.of() : named;
    }

    /** The port that its checks connect to, 0 if nobody knows. */
    private int portOf(Place place) {
        boolean taken = place.port() == 0 && services.get(0) instanceof ServiceKey.Addressed;
        return taken ? ((ServiceKey.Addressed) services.get(0)).port() : place.port();
    }

    private static String key(String name) {
        return LvsKeys.REAL_SERVER + "." + name;
    }
}
