package io.halcyon.itests.lab;

import org.junit.jupiter.api.parallel.Isolated;

/** VRRPv3 at 0.1 s. */
@Isolated("its timers are short")
class HalcyonPairV3Test extends PlannedEndCases {

    HalcyonPairV3Test() {
        super(Router.version3(51, 100, VIP), Pair.HALCYON, Pair.HALCYON);
    }
}
