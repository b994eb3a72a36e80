package io.halcyon.itests.lab;

import org.junit.jupiter.api.Tag;

/** VRRPv2 with a password, at 1 s. Nearly all of it is waiting, so these classes run side by side. */
@Tag("long")
class HalcyonThenKeepalivedV2Test extends PlannedEndCases {

    HalcyonThenKeepalivedV2Test() {
        super(Router.version2(51, 100, VIP), Pair.HALCYON, Pair.KEEPALIVED);
    }
}
