package io.halcyon.itests.lab;

import org.junit.jupiter.api.Tag;

/** VRRPv2 with a password, at 1 s. */
@Tag("long")
class HalcyonThenKeepalivedKillV2Test extends KillCases {

    HalcyonThenKeepalivedKillV2Test() {
        super(Router.version2(51, 100, VIP), Pair.HALCYON, Pair.KEEPALIVED);
    }
}
