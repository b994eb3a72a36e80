package io.halcyon.itests.lab;

import org.junit.jupiter.api.Tag;

/** VRRPv2 with a password, at 1 s. Nearly all of it is waiting, so these classes run side by side. */
@Tag("long")
class KeepalivedThenPcapV2Test extends FailoverCases {

    KeepalivedThenPcapV2Test() {
        super(Router.version2(51, 100, VIP), Pair.KEEPALIVED, Pair.HALCYON_PCAP);
    }
}
