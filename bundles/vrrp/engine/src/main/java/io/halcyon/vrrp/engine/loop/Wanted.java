package io.halcyon.vrrp.engine.loop;

import java.util.function.LongSupplier;

/**
 * A router as it is configured.
 *
 * @param override of the base priority, 0 for none
 * @param event that it is to start because of
 */
record Wanted(RouterSettings settings, int override, LongSupplier event) {

    Wanted because(LongSupplier other) {
        return new Wanted(settings, override, other);
    }
}
