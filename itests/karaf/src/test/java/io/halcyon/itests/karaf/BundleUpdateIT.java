package io.halcyon.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.itests.lab.AddressChange;
import io.halcyon.itests.lab.HalcyonNode;
import io.halcyon.itests.lab.Pair;
import io.halcyon.itests.lab.Router;
import io.halcyon.itests.lab.Times;
import io.halcyon.itests.lab.Wire;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bundle:update} of what carries a MASTER, watched from outside: adverts, kernel addresses and a client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BundleUpdateIT {

    private static final String VIP = "192.168.88.50";
    private static final Duration LIMIT = Duration.ofSeconds(40);
    /** Long enough to see the reign that was before. */
    private static final long BEFORE_NANOS = 1_200_000_000L;

    private static final Router MASTER = Router.version2(51, 100, VIP);

    private Pair pair;

    @BeforeAll
    void makeTheLab() {
        pair = new Pair("paxexam-update", Pair.HALCYON, Pair.HALCYON, List.of(VIP));
        pair.a().configure(List.of(MASTER));
        pair.b().configure(List.of(MASTER.withPriority(90)));
        pair.a().start();
        pair.awaitMaster(pair.a(), MASTER, LIMIT);
    }

    @AfterAll
    void endTheLab() {
        if (pair != null) {
            pair.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.halcyon.vip.netlink", "io.halcyon.transport.raw", "io.halcyon.vrrp.engine"})
    @Order(1)
    void aloneAnAddressIsNeverLost(String bundle) {
        long updated = Times.now();
        update(bundle);
        pair.awaitMaster(pair.a(), MASTER, LIMIT);
        long now = Times.now();
        report("alone", bundle, updated, now);

        assertThat(pair.addresses().of("h1", VIP, updated)).allMatch(AddressChange::present);
        assertThat(pair.prober().of(VIP).between(updated, now).lost()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.halcyon.vip.netlink", "io.halcyon.transport.raw", "io.halcyon.vrrp.engine"})
    @Order(2)
    void besideABackupAnAddressAlwaysHasAnOwner(String bundle) {
        if (!pair.b().alive()) {
            pair.b().start();
            pair.b().awaitBackup(LIMIT);
        }
        long updated = Times.now();
        update(bundle);
        pair.awaitMaster(pair.a(), MASTER, LIMIT);
        long now = Times.now();
        report("beside a backup", bundle, updated, now);

        assertThat(pair.prober().of(VIP).between(updated, now).lost()).isZero();
        assertThat(new Wire(pair.capture(), MASTER.vrid()).reigns(updated - BEFORE_NANOS, now))
                .containsExactly("h1", "h2", "h1");
    }

    private void update(String bundle) {
        ((HalcyonNode) pair.a()).command("bundle:update", bundle).orThrow();
    }

    private void report(String where, String bundle, long from, long to) {
        var wire = new Wire(pair.capture(), MASTER.vrid());
        System.out.printf(
                "%s, %s updated: %s, priority 0 %d times, %s%n",
                where,
                bundle,
                pair.prober().of(VIP).between(from, to),
                wire.resignations("h1", from).size(),
                wire.reigns(from, to));
    }
}
