package io.halcyon.itests.lab;

/** VRRPv2 with a password, at 1 s. Nearly all of it is waiting, so these classes run side by side. */
class HalcyonPairV2Test extends PlannedEndCases {

    HalcyonPairV2Test() {
        super(Router.version2(51, 100, VIP), Pair.HALCYON, Pair.HALCYON);
    }
}
