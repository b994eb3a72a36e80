package io.halcyon.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.event.Severity;
import io.halcyon.api.vrrp.RouterState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlertsTest {

    private static final Instant NOW = Webhooks.AT.plusSeconds(7_200);

    private final Alerts alerts =
            new Alerts(Duration.ofDays(1), Duration.ofMinutes(15), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void aRouterInFaultIsAnAlertUntilItLeaves() {
        var raised = only(router(RouterState.BACKUP, RouterState.FAULT));
        var ended = only(router(RouterState.FAULT, RouterState.BACKUP));

        assertThat(raised.labels())
                .isEqualTo(Map.of(
                        "alertname", "HalcyonRouterFault", "object", "VI_1", "node", "lb1", "severity", "critical"));
        assertThat(raised.annotations())
                .containsEntry("summary", "VI_1: BACKUP -> FAULT, eth0 has no carrier")
                .containsEntry("event", "9")
                .containsEntry("causes", "8");
        assertThat(raised.startsAt()).isEqualTo(Webhooks.AT);
        assertThat(raised.endsAt()).isEqualTo(NOW.plus(Duration.ofDays(1)));
        assertThat(ended.labels()).isEqualTo(raised.labels());
        assertThat(ended.endsAt()).isBefore(Webhooks.AT);
    }

    @ParameterizedTest
    @EnumSource(value = RouterState.class, names = "FAULT", mode = EnumSource.Mode.EXCLUDE)
    void everyOtherStateEndsAFaultThatSomebodyMissedTheEndOf(RouterState to) {
        assertThat(only(router(RouterState.INIT, to)).endsAt()).isBefore(Webhooks.AT);
        var group = new Event.GroupTransition("G1", RouterState.INIT, to, "all are", false, false);
        assertThat(only(group).labels()).containsEntry("alertname", "HalcyonGroupFault");
        assertThat(only(group).endsAt()).isBefore(Webhooks.AT);
    }

    @ParameterizedTest
    @EnumSource(Health.class)
    void aCheckHasOneAlertAtMost(Health to) {
        var told = alerts.of(Webhooks.verdict(9, Health.UNKNOWN, to));

        assertThat(told)
                .extracting(alert ->
                        alert.labels().get("alertname") + " " + alert.labels().get("severity"))
                .containsExactlyInAnyOrder(
                        "HalcyonCheckDown critical", "HalcyonCheckDegraded warning", "HalcyonCheckUnknown warning");
        assertThat(told.stream().filter(alert -> alert.endsAt().isAfter(NOW)))
                .hasSize(to == Health.UP ? 0 : 1)
                .allSatisfy(alert ->
                        assertThat(alert.labels().get("alertname")).isEqualToIgnoringCase("HalcyonCheck" + to));
    }

    @Test
    void aServerAndAQuorumAreTheirOwn() {
        var down = new Event.RealServerChange("web", "[a]:tcp:80", "[b]:tcp:80", Health.UP, Health.DOWN, 0, "refused");
        var lost = new Event.VirtualServerChange("web", "[a]:tcp:80", Health.UP, Health.DOWN, 0, 1, "none left");

        assertThat(only(down).labels())
                .containsEntry("alertname", "HalcyonRealServerDown")
                .containsEntry("real_server", "[b]:tcp:80")
                .containsEntry("virtual_server", "[a]:tcp:80");
        assertThat(only(lost).labels())
                .containsEntry("alertname", "HalcyonQuorumLost")
                .doesNotContainKey("real_server");
        var up = new Event.RealServerChange("web", "[a]:tcp:80", "[b]:tcp:80", Health.DOWN, Health.UP, 1, "answers");
        assertThat(only(up).labels()).isEqualTo(only(down).labels());
        assertThat(only(up).endsAt()).isBefore(NOW);
    }

    @Test
    void whatHasNoEndPassesByItself() {
        for (var event : List.of(
                new Event.Stall("VI_1", 4_000, "stays MASTER"),
                new Event.LowerPriorityHeard("VI_1", "192.0.2.11", 90, 100),
                new Event.AddressConflict("VI_1", "192.0.2.50/24", "is announced by 02:00:00:00:00:99"),
                new Event.NodeStart("lb1", "killed", false),
                new Event.Trial("hook", "somebody asked for it"))) {
            assertThat(only(event).endsAt()).as(event.toString()).isEqualTo(NOW.plus(Duration.ofMinutes(15)));
        }
    }

    @Test
    void anAddressThatIsThereAgainEndsItsAlert() {
        var gone = only(new Event.AddressTrouble("VI_1", "192.0.2.50/24", "was removed", Severity.WARNING));
        var again = alerts.of(
                Webhooks.record(9, new Event.AddressTrouble("VI_1", "192.0.2.50/24", "is there again", Severity.INFO)));

        assertThat(again).extracting(Alert::labels).contains(gone.labels());
        assertThat(again).allMatch(alert -> alert.endsAt().isBefore(NOW));
    }

    @Test
    void aFileThatWasRefusedIsAnAlertUntilItIsAccepted() {
        var file = "/opt/halcyon/etc/io.halcyon.vrrp-VI_1.cfg";
        var refused = only(new Event.ConfigurationChange(file, "priority = 300 is refused", Severity.WARNING));
        var accepted = alerts.of(
                Webhooks.record(9, new Event.ConfigurationChange("VI_1", "configured by " + file, Severity.INFO)));

        assertThat(refused.endsAt()).isEqualTo(NOW.plus(Duration.ofDays(1)));
        assertThat(accepted).extracting(Alert::labels).contains(refused.labels());
        assertThat(accepted).allMatch(alert -> alert.endsAt().isBefore(NOW));
    }

    @Test
    void maintenanceIsAnAlertUntilItIsOver() {
        var begun = only(new Event.Maintenance("chk", "forced UP by hand", true, Severity.WARNING));
        var over = alerts.of(Webhooks.record(9, new Event.Maintenance("chk", "back to normal", false, Severity.INFO)));

        assertThat(over).extracting(Alert::labels).contains(begun.labels());
        assertThat(over).allMatch(alert -> alert.endsAt().isBefore(NOW));
    }

    @Test
    void whatIsGoodOrNoMatterIsNoAlert() {
        for (var event : List.of(
                new Event.PriorityChange("VI_1", 100, 80, RouterState.BACKUP, "chk_web is DOWN"),
                new Event.PluginChange("exec", "came"),
                new Event.NodeStart("lb1", "ended by itself", true))) {
            assertThat(alerts.of(Webhooks.record(9, event)))
                    .as(event.toString())
                    .isEmpty();
        }
    }

    @Test
    void aDigestTellsTheLastOfEachAlert() {
        var told = alerts.of(Webhooks.record(
                9,
                new Event.Digest(
                        "hook",
                        List.of(
                                Webhooks.verdict(1, Health.UP, Health.DOWN),
                                Webhooks.record(2, router(RouterState.BACKUP, RouterState.FAULT)),
                                Webhooks.verdict(3, Health.DOWN, Health.UP)))));

        assertThat(told).hasSize(4);
        assertThat(told.stream().filter(alert -> alert.endsAt().isAfter(NOW)))
                .singleElement()
                .satisfies(alert -> assertThat(alert.labels()).containsEntry("object", "VI_1"));
    }

    private static Event router(RouterState from, RouterState to) {
        return new Event.RouterTransition("VI_1", from, to, "eth0 has no carrier", 100, List.of(), false, false);
    }

    private Alert only(Event event) {
        EventRecord record = Webhooks.record(9, event);
        assertThat(alerts.of(record)).as(event.toString()).hasSize(1);
        return alerts.of(record).get(0);
    }
}
