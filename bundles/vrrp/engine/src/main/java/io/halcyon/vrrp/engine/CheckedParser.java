package io.halcyon.vrrp.engine;

import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Family;
import io.halcyon.settings.Refusal;
import io.halcyon.vrrp.engine.loop.RouterSettings;

/** Parses a router and refuses one whose place on the network another router has. */
final class CheckedParser implements Family.Parser<RouterSettings> {

    private final RouterParser parser = new RouterParser();
    private final Routers routers;

    CheckedParser(Routers routers) {
        this.routers = routers;
    }

    @Override
    public RouterSettings parse(ConfigText text) throws Refusal {
        RouterSettings settings = parser.parse(text);
        String rival = routers.claim(settings);
        if (rival != null) {
            throw text.refuse(
                    "virtual.router.id",
                    "an id that no other router on " + settings.networkInterface() + " has; " + rival
                            + " has this one");
        }
        return settings;
    }
}
