package io.halcyon.vrrp.engine.loop;

import static io.halcyon.vrrp.engine.loop.Lan.MILLI;
import static io.halcyon.vrrp.engine.loop.Lan.SECOND;
import static io.halcyon.vrrp.engine.loop.Lan.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.event.Event;
import io.halcyon.api.vrrp.RouterState;
import org.junit.jupiter.api.Test;

/** A machine that was suspended: its monotonic clock and its leases stood still, only {@code CLOCK_BOOTTIME} went on. */
class SuspendTest {

    private static final String VIP = "10.0.0.201/32";

    private final Lan lan = new Lan();
    private final Lan.Node a = lan.node("a", 1);
    private final Lan.Node b = lan.node("b", 2);

    @Test
    void aMasterThatSleptSendsNothingBeforeItHasRead() {
        a.start(settings(100));
        b.start(settings(90));
        lan.pass(SECOND);
        assertThat(a.state()).isEqualTo(RouterState.MASTER);
        a.suspend();
        lan.pass(5 * SECOND);
        assertThat(b.state()).isEqualTo(RouterState.MASTER);
        b.start(settings(110));
        lan.pass(SECOND);
        lan.wire.forget();

        a.wakeUp();
        assertThat(a.answersFor()).as("its leases stood still").containsExactly(VIP);
        lan.pass(200 * MILLI);

        assertThat(a.state()).isEqualTo(RouterState.BACKUP);
        assertThat(a.status("VI_1").history()).last().satisfies(last -> assertThat(last.cause())
                .contains("stalled for 6000 ms, meanwhile"));
        assertThat(lan.wire.adverts("a")).isEmpty();
        assertThat(lan.wire.announcements("a")).isEmpty();
        assertThat(a.answersFor()).isEmpty();
    }

    @Test
    void aMasterThatSleptAloneStaysMasterAndSaysForHowLong() {
        a.start(settings(100));
        lan.pass(SECOND);
        a.suspend();
        lan.pass(5 * SECOND);
        lan.wire.forget();

        a.wakeUp();
        lan.pass(MILLI);

        assertThat(a.state()).isEqualTo(RouterState.MASTER);
        assertThat(lan.wire.adverts("a")).hasSize(1);
        assertThat(lan.wire.announcements("a")).hasSize(5);
        assertThat(a.events)
                .filteredOn(Event.Stall.class::isInstance)
                .extracting(Event::text)
                .containsExactly("stalled for 5000 ms, stays MASTER: nobody else advertised meanwhile");
        lan.pass(SECOND);
        assertThat(a.events)
                .as("a sleep counts once")
                .filteredOn(Event.Stall.class::isInstance)
                .hasSize(1);
    }
}
