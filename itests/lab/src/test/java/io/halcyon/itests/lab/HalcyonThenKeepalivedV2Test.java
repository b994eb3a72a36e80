package io.halcyon.itests.lab;

import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** VRRPv2 with a password, at 1 s. */
@Execution(ExecutionMode.CONCURRENT) // nearly all of it is waiting
class HalcyonThenKeepalivedV2Test extends FailoverCases {

    HalcyonThenKeepalivedV2Test() {
        super(Router.version2(51, 100, VIP), Pair.HALCYON, Pair.KEEPALIVED);
    }
}
