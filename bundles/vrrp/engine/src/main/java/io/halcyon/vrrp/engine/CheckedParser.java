package io.halcyon.vrrp.engine;

import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Family;
import io.halcyon.settings.Refusal;
import io.halcyon.vrrp.engine.loop.RouterSettings;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Parses a router and refuses one whose place on the network another router has. Changes nothing. */
final class CheckedParser implements Family.Parser<RouterSettings> {

    private final RouterParser parser = new RouterParser();
    private final Supplier<Map<String, RouterSettings>> accepted;
    private final Supplier<Set<String>> leaving;

    /**
     * A parser for one family.
     *
     * @param accepted what was accepted so far, by name: two files may be read before either is applied
     * @param leaving names of those whose place counts as free
     */
    CheckedParser(Supplier<Map<String, RouterSettings>> accepted, Supplier<Set<String>> leaving) {
        this.accepted = accepted;
        this.leaving = leaving;
    }

    @Override
    public RouterSettings parse(ConfigText text) throws Refusal {
        RouterSettings settings = parser.parse(text);
        Set<String> gone = leaving.get();
        for (RouterSettings other : accepted.get().values()) {
            boolean stays = !other.name().equals(settings.name()) && !gone.contains(other.name());
            if (stays && samePlace(other, settings)) {
                throw text.refuse(
                        "virtual.router.id",
                        "an id that no other router on " + settings.networkInterface() + " has; " + other.name()
                                + " has this one");
            }
        }
        return settings;
    }

    private static boolean samePlace(RouterSettings one, RouterSettings other) {
        return one.networkInterface().equals(other.networkInterface())
                && one.protocol().vrid() == other.protocol().vrid();
    }
}
