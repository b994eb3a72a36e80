package io.halcyon.lvs.nftables;

import io.halcyon.linux.netlink.Nftables;
import io.halcyon.spi.dataplane.ServiceKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What the kernel has in our table; what has a name that is none of ours is left out, and left alone. Immutable.
 *
 * @param shared what all services share
 */
record Picture(Part shared, Map<ServiceKey, Part> services) {

    static final Picture BLANK = new Picture(Part.NONE, Map.of());

    private static final Set<String> SHARED = sharedNames();

    Picture {
        services = Map.copyOf(services);
    }

    /** Asks the kernel. */
    static Picture read(Nftables kernel) throws IOException {
        var shared = Part.empty();
        var services = new HashMap<ServiceKey, Part>();
        Function<String, Part> part = name -> {
            var owner = Names.owner(name);
            if (owner != null) {
                return services.computeIfAbsent(owner.key(), key -> Part.empty());
            }
            return SHARED.contains(name) ? shared : Part.empty();
        };
        for (var chain : kernel.chains()) {
            part.apply(chain).chains().computeIfAbsent(chain, name -> new ArrayList<>());
        }
        for (var rule : kernel.rules()) {
            part.apply(rule.chain()).addRule(rule.chain(), rule.comment());
        }
        for (var set : kernel.sets()) {
            part.apply(set).sets().add(set);
        }
        for (var counter : kernel.counters()) {
            part.apply(counter.name()).counters().add(counter.name());
        }
        return new Picture(shared, services);
    }

    private static Set<String> sharedNames() {
        var names = new HashSet<String>(Layout.shared(Set.of()).chains().keySet());
        names.addAll(Resets.CHAINS);
        names.addAll(Resets.SETS);
        return names;
    }

    /** What it has of a service. */
    Part of(ServiceKey key) {
        return services.getOrDefault(key, Part.NONE);
    }

    /** Services that packets can be sent to. */
    Set<ServiceKey> served() {
        var served = new HashSet<ServiceKey>();
        services.forEach((key, part) -> {
            if (part.hasChooser()) {
                served.add(key);
            }
        });
        return served;
    }
}
