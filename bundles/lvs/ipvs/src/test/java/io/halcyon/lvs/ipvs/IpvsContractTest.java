package io.halcyon.lvs.ipvs;

import io.halcyon.spi.dataplane.Dataplane;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.DataplaneContract;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;

@Tag("vm")
class IpvsContractTest extends DataplaneContract {

    @Override
    protected Dataplane dataplane() {
        return new IpvsDataplane(TimeUnit.SECONDS.toNanos(1));
    }

    @Override
    protected void disturb(ServiceKey service) {
        ServiceKey.Addressed addressed = (ServiceKey.Addressed) service;
        Command.run("ipvsadm", "-D", "-t", addressed.address().getHostAddress() + ":" + addressed.port());
    }

    @Override
    protected Set<String> refused() {
        // Debian's kernel is built without twos.
        return Set.of("lvs.sched = twos", "masquerade");
    }
}
