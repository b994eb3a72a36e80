package io.halcyon.notify.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.vrrp.RouterState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeepalivedWordsTest {

    @ParameterizedTest
    @CsvSource({
        "INIT, BACKUP, (VI_1) Entering BACKUP STATE (init)",
        "MASTER, BACKUP, (VI_1) Entering BACKUP STATE",
        "BACKUP, MASTER, (VI_1) Entering MASTER STATE",
        "MASTER, FAULT, (VI_1) Entering FAULT STATE"
    })
    void aTransitionIsWhatLogWatchersLookFor(RouterState from, RouterState to, String words) {
        assertThat(KeepalivedWords.of(Syslogs.transition(1, from, to).event())).isEqualTo(words);
    }

    @Test
    void aMasterThatStopsHasSentPriorityZero() {
        var stop = new Event.RouterTransition(
                "VI_1", RouterState.MASTER, RouterState.INIT, "planned stop", 100, List.of(), true, false);
        var idle = new Event.RouterTransition(
                "VI_1", RouterState.BACKUP, RouterState.INIT, "planned stop", 100, List.of(), true, false);

        assertThat(KeepalivedWords.of(stop)).isEqualTo("(VI_1) sent 0 priority");
        assertThat(KeepalivedWords.of(idle)).isEqualTo("(VI_1) BACKUP -> INIT, planned stop");
    }

    @Test
    void otherEventsHaveKeepalivedsLinesToo() {
        assertThat(KeepalivedWords.of(new Event.PriorityChange("VI_1", 100, 80, RouterState.BACKUP, "chk is DOWN")))
                .isEqualTo("(VI_1) Changing effective priority from 100 to 80");
        assertThat(KeepalivedWords.of(new Event.LowerPriorityHeard("VI_1", "192.0.2.11", 90, 100)))
                .isEqualTo("(VI_1) Received advert from 192.0.2.11 with lower priority 90, ours 100, forcing new"
                        + " election");
        assertThat(KeepalivedWords.of(
                        new Event.GroupTransition("G1", RouterState.BACKUP, RouterState.MASTER, "x", false, false)))
                .isEqualTo("VRRP_Group(G1) Syncing instances to MASTER state");
        assertThat(KeepalivedWords.of(new Event.VerdictChange("chk", Health.DOWN, Health.UP, "exit status 0")))
                .isEqualTo("VRRP_Script(chk) succeeded");
        assertThat(KeepalivedWords.of(new Event.VerdictChange("chk", Health.UP, Health.DOWN, "exit status 1")))
                .isEqualTo("VRRP_Script(chk) failed (exit status 1)");
    }

    @Test
    void serversHaveKeepalivedsLinesToo() {
        assertThat(KeepalivedWords.of(server(Health.UP, Health.DOWN)))
                .isEqualTo("Removing service [192.0.2.71]:tcp:80 from VS [192.0.2.60]:tcp:80");
        assertThat(KeepalivedWords.of(server(Health.DOWN, Health.UP)))
                .isEqualTo("Adding service [192.0.2.71]:tcp:80 to VS [192.0.2.60]:tcp:80");
        assertThat(KeepalivedWords.of(quorum(Health.UP, Health.DOWN, 1)))
                .isEqualTo("Lost quorum 2-0=2 > 1 for VS [192.0.2.60]:tcp:80");
        assertThat(KeepalivedWords.of(quorum(Health.DOWN, Health.UP, 3)))
                .isEqualTo("Gained quorum 2+0=2 <= 3 for VS [192.0.2.60]:tcp:80");
    }

    @Test
    void whatKeepalivedDoesNotKnowHasItsOwnWords() {
        assertThat(KeepalivedWords.of(new Event.Stall("VI_1", 4_000, "stays MASTER")))
                .isEqualTo("VI_1: stalled for 4000 ms, stays MASTER");
        assertThat(KeepalivedWords.of(new Event.VerdictChange("chk", Health.UP, Health.DEGRADED, "slow")))
                .isEqualTo("chk: UP -> DEGRADED, slow");
        assertThat(KeepalivedWords.of(new Event.Digest(
                        "log",
                        List.of(
                                Syslogs.transition(1, RouterState.BACKUP, RouterState.MASTER),
                                Syslogs.transition(2, RouterState.MASTER, RouterState.BACKUP)))))
                .isEqualTo("(VI_1) Entering MASTER STATE; (VI_1) Entering BACKUP STATE");
    }

    private static Event server(Health from, Health to) {
        return new Event.RealServerChange("web", "[192.0.2.60]:tcp:80", "[192.0.2.71]:tcp:80", from, to, 1, "why");
    }

    private static Event quorum(Health from, Health to, int weight) {
        return new Event.VirtualServerChange("web", "[192.0.2.60]:tcp:80", from, to, weight, 2, "why");
    }
}
