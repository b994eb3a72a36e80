package io.halcyon.notify.fifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.vrrp.RouterState;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeepalivedLinesTest {

    private static final Event SERVER_UP = new Event.RealServerChange(
            "web", "[10.0.0.1]:tcp:80", "[10.1.0.2]:tcp:80", Health.DOWN, Health.UP, 1, "answers");
    private static final Event PRIORITY = new Event.PriorityChange("VI_1", 150, 130, RouterState.MASTER, "chk");

    static Stream<Arguments> table() {
        return Stream.of(
                row(router("MASTER", false, false), "INSTANCE \"VI_1\" MASTER 150\n"),
                row(router("BACKUP", false, false), "INSTANCE \"VI_1\" BACKUP 150\n"),
                row(router("FAULT", false, false), "INSTANCE \"VI_1\" FAULT 150\n"),
                row(router("INIT", true, false), "INSTANCE \"VI_1\" STOP 150\n"),
                row(router("INIT", true, true), "INSTANCE \"VI_1\" DELETED 150\n"),
                row(router("INIT", false, false), ""),
                row(group("MASTER", false, false), "GROUP \"G 1\" MASTER 0\n"),
                row(group("INIT", true, false), "GROUP \"G 1\" STOP 0\n"),
                row(group("INIT", true, true), "GROUP \"G 1\" DELETED 0\n"),
                row(group("INIT", false, false), ""),
                row(
                        new Event.LowerPriorityHeard("VI_1", "192.0.2.2", 90, 150),
                        "INSTANCE \"VI_1\" MASTER_RX_LOWER_PRI 150\n"),
                row(PRIORITY, "INSTANCE \"VI_1\" MASTER_PRIORITY 130\n"),
                row(
                        new Event.PriorityChange("VI_1", 100, 0, RouterState.BACKUP, "chk"),
                        "INSTANCE \"VI_1\" BACKUP_PRIORITY 0\n"),
                row(new Event.PriorityChange("VI_1", 100, 0, RouterState.FAULT, "chk"), ""),
                row(quorum(Health.DOWN, Health.UP), "VS [10.0.0.1]:tcp:80 UP\n"),
                row(quorum(Health.UP, Health.DOWN), "VS [10.0.0.1]:tcp:80 DOWN\n"),
                row(quorum(Health.UP, Health.UNKNOWN), ""),
                row(SERVER_UP, "RS [10.1.0.2]:tcp:80 [10.0.0.1]:tcp:80 UP\n"),
                row(
                        new Event.RealServerChange(
                                "web", "FWM 7", "[2001:db8::2]:udp:53", Health.DEGRADED, Health.DOWN, 1, "silent"),
                        "RS [2001:db8::2]:udp:53 FWM 7 DOWN\n"),
                row(
                        new Event.RealServerChange(
                                "web",
                                "[2001:db8:0:0:0:0:0:1]:tcp:80",
                                "[2001:db8:0:0:1:0:0:2]:tcp:8080",
                                Health.UP,
                                Health.DOWN,
                                0,
                                "silent"),
                        "RS [2001:db8::1:0:0:2]:tcp:8080 [2001:db8::1]:tcp:80 DOWN\n"),
                row(
                        new Event.VirtualServerChange(
                                "web", "[::1:]:tcp:80", Health.UP, Health.DOWN, 0, 1, "no address"),
                        "VS [::1:]:tcp:80 DOWN\n"),
                row(new Event.RealServerChange("web", "FWM 7", "r", Health.UP, Health.DEGRADED, 1, "slow"), ""),
                row(new Event.VerdictChange("chk", Health.UP, Health.DOWN, "gone"), ""),
                row(new Event.Digest("ops", List.of()), ""),
                row(new Event.Trial("ops", "try"), ""));
    }

    @ParameterizedTest
    @MethodSource("table")
    void everyEventHasKeepalivedsLineOrNone(Event event, String expected) {
        assertThat(String.join("", new KeepalivedLines(true, true, true, false).texts(Events.record(1, event))))
                .isEqualTo(expected);
    }

    @Test
    void theZeroByteOfSomeVersionsFollowsServersOnly() {
        var lines = new KeepalivedLines(true, true, true, true);

        assertThat(lines.texts(Events.record(1, SERVER_UP)))
                .containsExactly("RS [10.1.0.2]:tcp:80 [10.0.0.1]:tcp:80 UP\n\0");
        assertThat(lines.texts(Events.record(1, PRIORITY))).containsExactly("INSTANCE \"VI_1\" MASTER_PRIORITY 130\n");
    }

    @Test
    void eachFifoOfKeepalivedHasItsOwnEvents() {
        var vrrp = new KeepalivedLines(true, false, true, false);
        var lvs = new KeepalivedLines(false, true, true, false);

        assertThat(vrrp.texts(Events.record(1, SERVER_UP))).isEmpty();
        assertThat(vrrp.texts(Events.record(1, PRIORITY))).isNotEmpty();
        assertThat(lvs.texts(Events.record(1, SERVER_UP))).isNotEmpty();
        assertThat(lvs.texts(Events.record(1, PRIORITY))).isEmpty();
        assertThat(lvs.texts(Events.master(1))).isEmpty();
    }

    @Test
    void manyEventsAtOnceAreTheLinesOfEach() {
        var digest = new Event.Digest(
                "ops",
                List.of(
                        Events.master(7),
                        Events.record(8, new Event.VerdictChange("chk", Health.UP, Health.DOWN, "gone")),
                        Events.master(9)));

        assertThat(new KeepalivedLines(true, true, true, false).texts(Events.record(10, digest)))
                .containsExactly(Events.line(7) + "\n", Events.line(9) + "\n");
    }

    @Test
    void prioritiesAreToldIfAskedFor() {
        assertThat(new KeepalivedLines(true, true, false, false).texts(Events.record(1, PRIORITY)))
                .isEmpty();
    }

    private static Arguments row(Event event, String line) {
        return Arguments.of(event, line);
    }

    private static Event router(String to, boolean stopping, boolean deleted) {
        return new Event.RouterTransition(
                "VI_1", RouterState.BACKUP, RouterState.valueOf(to), "test", 150, List.of(), stopping, deleted);
    }

    private static Event group(String to, boolean stopping, boolean deleted) {
        return new Event.GroupTransition("G 1", RouterState.BACKUP, RouterState.valueOf(to), "test", stopping, deleted);
    }

    private static Event quorum(Health from, Health to) {
        return new Event.VirtualServerChange("web", "[10.0.0.1]:tcp:80", from, to, 1, 1, "test");
    }
}
