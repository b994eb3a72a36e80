package io.halcyon.itests.lab;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Isolated;

/** The cases themselves, shown on keepalived alone. */
@Isolated("its timers are short")
@Tag("long")
class KeepalivedPairV3Test extends FailoverCases {

    KeepalivedPairV3Test() {
        super(Router.version3(51, 100, VIP), Pair.KEEPALIVED, Pair.KEEPALIVED);
    }
}
