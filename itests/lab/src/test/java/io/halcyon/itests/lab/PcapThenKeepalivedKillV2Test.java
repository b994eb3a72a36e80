package io.halcyon.itests.lab;

import org.junit.jupiter.api.Tag;

/** VRRPv2 with a password, at 1 s. */
@Tag("long")
class PcapThenKeepalivedKillV2Test extends KillCases {

    PcapThenKeepalivedKillV2Test() {
        super(Router.version2(51, 100, VIP), Pair.HALCYON_PCAP, Pair.KEEPALIVED);
    }
}
