package io.halcyon.lvs.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.Scheduler;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.Transport;
import io.halcyon.spi.dataplane.VirtualService;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RefusalsTest {

    @Test
    void theDefaultSchedulerIsRefusedWithWhatToWriteInstead() throws UnknownHostException {
        assertThat(Refusals.of(desired(Scheduler.WLC, destination("10.1.0.1", new Forwarding.Nat(false)))))
                .singleElement()
                .asString()
                .startsWith("lvs.sched = wlc: ")
                .contains("write 'lvs.sched = wrr'", "(without the key it is wlc)");
    }

    @Test
    void everyRefusalNamesKeyAndValueAndWhatIsAllowedAndWhatToWrite() throws UnknownHostException {
        var address = InetAddress.getByName("10.1.0.1");
        var tunnel = new Forwarding.Tunnel(Forwarding.Encapsulation.IPIP, 0, Forwarding.Checksum.NOCSUM);
        var key = new ServiceKey.Addressed(Transport.UDP, InetAddress.getByName("192.0.2.1"), 53);
        for (var scheduler : Scheduler.values()) {
            if (!Choice.SCHEDULERS.contains(scheduler)) {
                var refusals = Refusals.of(new Desired(
                        new VirtualService(key, scheduler, Set.of(), null, true),
                        List.of(new Destination(address, 53, tunnel, 1, 100, 50)),
                        Desired.Leaving.KEEP));

                assertThat(refusals)
                        .extracting(text -> text.substring(0, text.indexOf(": ")))
                        .containsExactly(
                                "lvs.sched = " + scheduler.word(),
                                "ops = yes",
                                "lvs.method = TUN",
                                "uthreshold = 100",
                                "lthreshold = 50");
                assertThat(refusals).allSatisfy(text -> assertThat(text)
                        .contains("allowed is ", ": write '" + text.split(" ", 2)[0] + " = ", "or 'dataplane = ipvs'"));
            }
        }
    }

    @Test
    void whatIsToldToWriteIsTaken() throws UnknownHostException {
        for (var scheduler : List.of(Scheduler.WRR, Scheduler.RR)) {
            assertThat(Refusals.of(desired(scheduler, destination("10.1.0.1", new Forwarding.Nat(true)))))
                    .isEmpty();
        }
    }

    @Test
    void moreServersThanThereArePlacesAreRefusedWhereEachNeedsOne() throws UnknownHostException {
        var many = new Destination[Shares.MOST_PLACES + 1];
        for (int i = 0; i < many.length; i++) {
            many[i] = destination("10.1." + i / 200 + "." + (1 + i % 200), new Forwarding.Nat(false));
        }

        assertThat(Refusals.of(desired(Scheduler.MH, many)))
                .singleElement()
                .asString()
                .startsWith("lvs.sched = mh: there are 510 real servers; allowed is ");
        assertThat(Refusals.of(desired(Scheduler.RR, many))).isEmpty();
        assertThat(Refusals.of(desired(Scheduler.MH, Arrays.copyOf(many, Shares.MOST_PLACES))))
                .isEmpty();
    }

    @Test
    void theSameReasonIsGivenOnceForAllServers() throws UnknownHostException {
        assertThat(Refusals.of(desired(
                        Scheduler.RR,
                        destination("10.1.0.1", new Forwarding.DirectRouting()),
                        destination("10.1.0.2", new Forwarding.DirectRouting()),
                        destination("fd00::1", new Forwarding.Nat(false)))))
                .hasSize(2)
                .anySatisfy(text -> assertThat(text).startsWith("lvs.method = DR: "))
                .anySatisfy(text -> assertThat(text).startsWith("real.server = [fd00::1]:80: is of another family"));
    }

    @Test
    void saysWhatElseMustHold() throws UnknownHostException {
        var dataplane = new NftablesDataplane();

        assertThat(dataplane.needs(desired(Scheduler.RR, destination("10.1.0.1", new Forwarding.Nat(false)))))
                .hasSize(2)
                .anyMatch(text -> text.startsWith("net.ipv4.ip_forward = 1 on this host; now it is "))
                .anyMatch(text -> text.contains("masquerade = yes"));
        assertThat(dataplane.needs(desired(Scheduler.RR, destination("10.1.0.1", new Forwarding.Nat(true)))))
                .hasSize(1);
    }

    private static Destination destination(String address, Forwarding forwarding) throws UnknownHostException {
        return new Destination(InetAddress.getByName(address), 80, forwarding, 1, 0, 0);
    }

    private static Desired desired(Scheduler scheduler, Destination... destinations) throws UnknownHostException {
        var key = new ServiceKey.Addressed(Transport.TCP, InetAddress.getByName("192.0.2.1"), 80);
        return new Desired(
                new VirtualService(key, scheduler, Set.of(), null, false), List.of(destinations), Desired.Leaving.KEEP);
    }
}
