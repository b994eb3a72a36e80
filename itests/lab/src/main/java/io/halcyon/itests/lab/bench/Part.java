package io.halcyon.itests.lab.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What can be measured by itself. */
enum Part {
    FAILOVER,
    OVERLAP,
    ADDRESSES,
    JITTER,
    FOOTPRINT,
    CHECKS,
    LVS;

    static final String NAMES = "failover, overlap, addresses, jitter, footprint, checks, lvs or all";

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    Section measure(Progress progress) {
        return switch (this) {
            case FAILOVER -> Failover.measure(progress);
            case OVERLAP -> Overlap.measure(progress);
            case ADDRESSES -> AddressCounts.measure(progress);
            case JITTER -> Jitter.measure(progress);
            case FOOTPRINT -> Footprint.measure(progress);
            case CHECKS -> Checks.measure(progress);
            case LVS -> Lvs.measure(progress);
        };
    }

    /** The part of that name, or all. */
    static List<Part> named(String name) {
        if (name.equals("all")) {
            return List.of(values());
        }
        return Arrays.stream(values())
                .filter(part -> part.title().equals(name))
                .findFirst()
                .map(List::of)
                .orElseThrow(() -> new IllegalArgumentException("NAME is " + NAMES + ", not " + name));
    }
}
