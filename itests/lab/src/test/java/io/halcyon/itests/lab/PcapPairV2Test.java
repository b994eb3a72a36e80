package io.halcyon.itests.lab;

import org.junit.jupiter.api.Tag;

/** VRRPv2 with a password, at 1 s. Nearly all of it is waiting, so these classes run side by side. */
@Tag("long")
class PcapPairV2Test extends PlannedEndCases {

    PcapPairV2Test() {
        super(Router.version2(51, 100, VIP), Pair.HALCYON_PCAP, Pair.HALCYON_PCAP);
    }
}
