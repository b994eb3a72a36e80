package io.halcyon.itests.lab;

/** VRRPv2 with a password, at 1 s. Nearly all of it is waiting, so these classes run side by side. */
class HalcyonThenKeepalivedV2Test extends PlannedEndCases {

    HalcyonThenKeepalivedV2Test() {
        super(Router.version2(51, 100, VIP), Pair.KEEPALIVED);
    }
}
