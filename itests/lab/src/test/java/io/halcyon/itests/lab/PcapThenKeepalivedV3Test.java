package io.halcyon.itests.lab;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Isolated;

/** VRRPv3 at 0.1 s. */
@Isolated("its timers are short")
@Tag("long")
class PcapThenKeepalivedV3Test extends PlannedEndCases {

    PcapThenKeepalivedV3Test() {
        super(Router.version3(51, 100, VIP), Pair.HALCYON_PCAP, Pair.KEEPALIVED);
    }
}
