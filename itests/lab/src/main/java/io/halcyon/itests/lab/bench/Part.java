package io.halcyon.itests.lab.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What can be measured by itself. */
enum Part {
    FAILOVER,
    FOOTPRINT;

    static final String NAMES = "failover, footprint or all";

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    Section measure(Progress progress) {
        return switch (this) {
            case FAILOVER -> Failover.measure(progress);
            case FOOTPRINT -> Footprint.measure(progress);
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
