package io.halcyon.itests.lab;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Isolated;

/** VRRPv3 at 0.1 s. */
@Isolated("its timers are short")
@Tag("long")
class KeepalivedThenHalcyonV3Test extends FailoverCases {

    KeepalivedThenHalcyonV3Test() {
        super(Router.version3(51, 100, VIP), Pair.KEEPALIVED, Pair.HALCYON);
    }
}
