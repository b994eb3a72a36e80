package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Pair;
import java.util.Locale;

/** The two that are compared. */
enum Daemon {
    HALCYON,
    KEEPALIVED;

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    Pair.Maker maker() {
        return this == HALCYON ? Pair.HALCYON : Pair.KEEPALIVED;
    }
}
