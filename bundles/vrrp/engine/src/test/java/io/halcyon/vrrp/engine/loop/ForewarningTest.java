package io.halcyon.vrrp.engine.loop;

import static io.halcyon.vrrp.engine.loop.Lan.MILLI;
import static io.halcyon.vrrp.engine.loop.Lan.SECOND;
import static io.halcyon.vrrp.engine.loop.Lan.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.vrrp.RouterState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a takeover is rehearsed. */
class ForewarningTest {

    private final Lan lan = new Lan();
    private final Lan.Node a = lan.node("a", 1);
    private final Lan.Node b = lan.node("b", 2);

    @Test
    void aBackupRehearsesATakeoverWhenItBecomesOneForTheFirstTimeAndJustBeforeItTakesOver() {
        b.start(settings(100));
        a.start(settings(90));
        lan.pass(SECOND);

        assertThat(a.state()).isEqualTo(RouterState.BACKUP);
        assertThat(a.orders).contains("rehearse 1").doesNotContain("hold");
        assertThat(lan.wire.announcements("a")).isEmpty();
        a.orders.clear();
        lan.pass(5 * SECOND);
        assertThat(a.orders).as("as long as a master is heard").isEmpty();
        b.carrier(false);
        lan.pass(SECOND);
        assertThat(a.orders).startsWith("rehearse 1", "hold").containsOnlyOnce("rehearse 1");
        a.orders.clear();
        b.carrier(true);
        lan.pass(5 * SECOND);
        assertThat(a.state()).isEqualTo(RouterState.BACKUP);
        assertThat(a.orders).doesNotContain("rehearse 1");
    }

    @Test
    void aBackupPractisesAfterItsStartAndNoLongerThanTheJvmNeeds() {
        b.start(settings(100));
        lan.pass(SECOND);
        a.start(settings(90));

        lan.pass(70 * MILLI);
        // From the master's first advertisement on nothing but rehearsals is ordered.
        a.orders.clear();
        long early = momentOf(1);
        long later = momentOf(10);
        lan.pass(SECOND);

        assertThat(later - early).isEqualTo(270 * MILLI);
        assertThat(a.orders).hasSize(10).containsOnly("rehearse 1");
        assertThat(lan.wire.announcements("a")).isEmpty();
    }

    @Test
    void nobodyPractisesWhenATakeoverIsNearNorAsMaster() {
        b.start(settings(100));
        lan.pass(SECOND);
        a.start(settings(90));
        momentOf(3);
        b.carrier(false);
        lan.pass(SECOND);

        assertThat(a.state()).isEqualTo(RouterState.MASTER);
        int hold = a.orders.indexOf("hold");
        assertThat(hold).isLessThan(14);
        assertThat(a.orders.subList(hold, a.orders.size())).doesNotContain("rehearse 1");
    }

    @Test
    void whatTookLongIsRehearsedEarlierAndOnceMoreIfItTakesLessNow() {
        b.start(settings("VI_1", 1, 100, 100, List.of()));
        a.rehearsalNanos = 30 * MILLI;
        a.start(settings("VI_1", 1, 90, 100, List.of()));
        lan.pass(5 * SECOND);
        a.orders.clear();

        b.carrier(false);
        a.rehearsalNanos = 5 * MILLI;
        long early = momentOf(1);
        long again = momentOf(2);
        long takeover = momentOf(3);

        assertThat(a.orders).startsWith("rehearse 1", "rehearse 1", "hold");
        assertThat(takeover - early).isBetween(60 * MILLI, 62 * MILLI);
        assertThat(takeover - again).isBetween(15 * MILLI, 17 * MILLI);
    }

    /** When the manager of {@code a} has so many orders. */
    private long momentOf(int orders) {
        long end = lan.now() + 5 * SECOND;
        while (a.orders.size() < orders && lan.now() < end) {
            lan.pass(MILLI);
        }
        assertThat(a.orders).hasSizeGreaterThanOrEqualTo(orders);
        return lan.now();
    }

    @Test
    void routersWhoseMasterDiedRehearseOnceForAllOfThem() {
        int many = 50;
        for (int vrid = 1; vrid <= many; vrid++) {
            b.start(settings("VI_" + vrid, vrid, 100, 10, List.of()));
            a.start(settings("VI_" + vrid, vrid, 90, 10, List.of()));
        }
        lan.pass(SECOND);
        a.orders.clear();

        b.carrier(false);
        lan.pass(SECOND);

        assertThat(a.orders).filteredOn("hold"::equals).hasSize(many);
        assertThat(a.orders).containsOnlyOnce("rehearse 1");
    }
}
