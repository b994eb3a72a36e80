package io.halcyon.lvs.ipvs;

import static io.halcyon.lvs.ipvs.Orders.server;
import static io.halcyon.lvs.ipvs.Orders.tcp;
import static io.halcyon.lvs.ipvs.Orders.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.spi.dataplane.Scheduler;
import io.halcyon.testkit.Await;
import io.halcyon.testkit.DataplaneRecorder;
import io.halcyon.testkit.InNetworkNamespace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On whatever kernel there is. */
@InNetworkNamespace
class IpvsDataplaneTest {

    @Test
    void saysWhatTheKernelLacksAndFailsWithTheRemedy() throws Exception {
        IpvsDataplane dataplane = new IpvsDataplane();
        DataplaneRecorder heard = new DataplaneRecorder();
        boolean there = Files.exists(Path.of("/proc/thread-self/net/ip_vs"));

        try (var table = dataplane.open(heard)) {
            table.put(List.of(wanted(tcp("192.0.2.1", 80), Scheduler.RR, server("10.0.0.1", 1))));

            if (there) {
                heard.awaitApplied(tcp("192.0.2.1", 80), 0);
                assertThat(dataplane.limits()).isEmpty();
            } else {
                Await.until("it fails", () -> !heard.failed().isEmpty());
                assertThat(dataplane.limits())
                        .singleElement()
                        .asString()
                        .startsWith("this kernel has no IPVS: 'modprobe ip_vs' loads it");
                assertThat(heard.failed())
                        .containsExactly(
                                "[192.0.2.1]:tcp:80: " + dataplane.limits().get(0));
            }
        }
        assertThat(dataplane.name()).isEqualTo("ipvs");
    }
}
