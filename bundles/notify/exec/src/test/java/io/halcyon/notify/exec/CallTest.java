package io.halcyon.notify.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.vrrp.RouterState;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CallTest {

    /** Event, and what is run for it: key and the arguments behind the script's own. */
    static Stream<Arguments> table() {
        return Stream.of(
                row(router("MASTER", false, false), "notify.master() notify(INSTANCE,VI_1,MASTER,150) script()"),
                row(router("BACKUP", false, false), "notify.backup() notify(INSTANCE,VI_1,BACKUP,150) script()"),
                row(router("FAULT", false, false), "notify.fault() notify(INSTANCE,VI_1,FAULT,150) script()"),
                row(router("INIT", true, false), "notify.stop() notify(INSTANCE,VI_1,STOP,150) script()"),
                row(router("INIT", true, true), "notify.deleted() notify(INSTANCE,VI_1,DELETED,150) script()"),
                row(router("INIT", false, false), "script()"),
                row(group("MASTER", false, false), "notify.master() notify(GROUP,G1,MASTER,0) script()"),
                row(group("BACKUP", false, false), "notify.backup() notify(GROUP,G1,BACKUP,0) script()"),
                row(group("FAULT", false, false), "notify.fault() notify(GROUP,G1,FAULT,0) script()"),
                row(group("INIT", true, false), "notify.stop() notify(GROUP,G1,STOP,0) script()"),
                row(group("INIT", true, true), "notify.deleted() notify(GROUP,G1,DELETED,0) script()"),
                row(
                        new Event.LowerPriorityHeard("VI_1", "192.0.2.2", 90, 150),
                        "notify.master.rx.lower.pri() script()"),
                row(quorum(Health.DOWN, Health.UP), "quorum.up() script()"),
                row(quorum(Health.UNKNOWN, Health.UP), "quorum.up() script()"),
                row(quorum(Health.UP, Health.DOWN), "quorum.down() script()"),
                row(server(Health.DOWN, Health.UP), "notify.up() script()"),
                row(server(Health.UP, Health.DOWN), "notify.down() script()"),
                row(server(Health.DOWN, Health.DEGRADED), "notify.up() script()"),
                row(server(Health.UP, Health.DEGRADED), "script()"),
                row(server(Health.UP, Health.UNKNOWN), "script()"),
                row(new Event.PriorityChange("VI_1", 100, 80, RouterState.BACKUP, "chk"), "script()"),
                row(new Event.VerdictChange("chk", Health.UP, Health.DOWN, "gone"), "script()"),
                row(new Event.Digest("ops", List.of()), "script()"),
                row(new Event.Trial("ops", "try"), "script()"));
    }

    @ParameterizedTest
    @MethodSource("table")
    void anEventCallsForItsScriptsInOrder(Event event, String expected) {
        var calls = Call.of(event).stream()
                .map(call -> call.key() + "(" + String.join(",", call.arguments()) + ")")
                .collect(Collectors.joining(" "));

        assertThat(calls).isEqualTo(expected);
    }

    private static Arguments row(Event event, String calls) {
        return Arguments.of(event, calls);
    }

    private static Event router(String to, boolean stopping, boolean deleted) {
        return new Event.RouterTransition(
                "VI_1", RouterState.BACKUP, RouterState.valueOf(to), "test", 150, List.of(), stopping, deleted);
    }

    private static Event group(String to, boolean stopping, boolean deleted) {
        return new Event.GroupTransition("G1", RouterState.BACKUP, RouterState.valueOf(to), "test", stopping, deleted);
    }

    private static Event quorum(Health from, Health to) {
        return new Event.VirtualServerChange("web", "[192.0.2.60]:tcp:80", from, to, 1, 1, "test");
    }

    private static Event server(Health from, Health to) {
        return new Event.RealServerChange("web", "[192.0.2.60]:tcp:80", "[192.0.2.71]:tcp:80", from, to, 1, "test");
    }
}
