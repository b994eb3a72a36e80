package io.halcyon.itests.lab;

import org.junit.jupiter.api.Tag;

/** VRRPv2 with a password, at 1 s. */
@Tag("long")
class KeepalivedThenPcapKillV2Test extends KillCases {

    KeepalivedThenPcapKillV2Test() {
        super(Router.version2(51, 100, VIP), Pair.KEEPALIVED, Pair.HALCYON_PCAP);
    }
}
