package io.halcyon.itests.lab;

/** VRRPv2 with a password, at 1 s. */
class HalcyonPairKillV2Test extends KillCases {

    HalcyonPairKillV2Test() {
        super(Router.version2(51, 100, VIP), Pair.HALCYON, Pair.HALCYON);
    }
}
