package io.halcyon.lvs.nftables;

import io.halcyon.spi.dataplane.Dataplane;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.DataplaneContract;
import java.util.Set;

class NftablesContractTest extends DataplaneContract {

    @Override
    protected Dataplane dataplane() {
        return new NftablesDataplane();
    }

    @Override
    protected void disturb(ServiceKey service) {
        Command.run("nft", "flush", "chain", "inet", Names.TABLE, Names.chooser(service));
    }

    @Override
    protected Set<String> refused() {
        return Set.of(
                "lvs.sched = lc",
                "lvs.sched = wlc",
                "lvs.sched = lblc",
                "lvs.sched = lblcr",
                "lvs.sched = ovf",
                "lvs.sched = sed",
                "lvs.sched = nq",
                "lvs.sched = twos",
                "lvs.method = DR",
                "lvs.method = TUN",
                "uthreshold",
                "ops");
    }
}
