package io.halcyon.notify.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.vrrp.RouterState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snmp4j.smi.VariableBinding;

/** The numbers are those of Debian's KEEPALIVED-MIB.txt. */
class KeepalivedMibTest {

    @ParameterizedTest
    @CsvSource({"INIT, false, 0", "BACKUP, false, 1", "MASTER, false, 2", "FAULT, false, 3", "INIT, true, 5"})
    void statesHaveTheirNumbers(RouterState to, boolean stopping, int number) {
        var router = new Event.RouterTransition("VI_1", RouterState.MASTER, to, "x", 100, List.of(), stopping, false);
        var group = new Event.GroupTransition("G1", RouterState.MASTER, to, "x", stopping, false);

        assertThat(bindings(router))
                .containsExactly(
                        "1.3.6.1.4.1.9586.100.5.2.3.1.2 = VI_1",
                        "1.3.6.1.4.1.9586.100.5.2.3.1.4 = " + number,
                        "1.3.6.1.4.1.9586.100.5.2.3.1.5 = 4",
                        "1.3.6.1.4.1.9586.100.5.1.2.0 = lb1");
        assertThat(bindings(group))
                .containsExactly(
                        "1.3.6.1.4.1.9586.100.5.2.1.1.2 = G1",
                        "1.3.6.1.4.1.9586.100.5.2.1.1.3 = " + number,
                        "1.3.6.1.4.1.9586.100.5.1.2.0 = lb1");
    }

    @Test
    void aRealServerTellsItsVirtualServerToo() {
        var event = Traps.realServer(1, "[192.0.2.71]:tcp:8080", Health.UP).event();

        assertThat(bindings(event))
                .containsExactly(
                        "1.3.6.1.4.1.9586.100.5.3.4.1.3 = 1",
                        "1.3.6.1.4.1.9586.100.5.3.4.1.4 = c0:00:02:47",
                        "1.3.6.1.4.1.9586.100.5.3.4.1.5 = 8080",
                        "1.3.6.1.4.1.9586.100.5.3.4.1.6 = 1",
                        "1.3.6.1.4.1.9586.100.5.3.3.1.2 = 2",
                        "1.3.6.1.4.1.9586.100.5.3.3.1.5 = 1",
                        "1.3.6.1.4.1.9586.100.5.3.3.1.6 = c0:00:02:3c",
                        "1.3.6.1.4.1.9586.100.5.3.3.1.7 = 80",
                        "1.3.6.1.4.1.9586.100.5.3.3.1.8 = 1",
                        "1.3.6.1.4.1.9586.100.5.3.3.1.21 = 2",
                        "1.3.6.1.4.1.9586.100.5.3.3.1.20 = 3",
                        "1.3.6.1.4.1.9586.100.5.1.2.0 = lb1");
    }

    @Test
    void aQuorumOfAnAddressTellsIt() {
        var event = new Event.VirtualServerChange("web", "[192.0.2.1]:tcp:80", Health.DOWN, Health.UP, 2, 1, "x", 1, 4);

        assertThat(bindings(event))
                .containsExactly(
                        "1.3.6.1.4.1.9586.100.5.3.3.1.2 = 2",
                        "1.3.6.1.4.1.9586.100.5.3.3.1.5 = 1",
                        "1.3.6.1.4.1.9586.100.5.3.3.1.6 = c0:00:02:01",
                        "1.3.6.1.4.1.9586.100.5.3.3.1.7 = 80",
                        "1.3.6.1.4.1.9586.100.5.3.3.1.8 = 1",
                        "1.3.6.1.4.1.9586.100.5.3.3.1.23 = 1",
                        "1.3.6.1.4.1.9586.100.5.3.3.1.22 = 1",
                        "1.3.6.1.4.1.9586.100.5.3.3.1.21 = 1",
                        "1.3.6.1.4.1.9586.100.5.3.3.1.20 = 4",
                        "1.3.6.1.4.1.9586.100.5.1.2.0 = lb1");
    }

    /** Such events wait in the journal of whoever has updated. */
    @Test
    void anEventThatDoesNotKnowHowManyThereAreSaysNothingOfIt() {
        var server = new Event.RealServerChange(
                "web", "[192.0.2.1]:tcp:80", "[192.0.2.71]:tcp:80", Health.UP, Health.DOWN, 0, "x");
        var quorum = new Event.VirtualServerChange("web", "[192.0.2.1]:tcp:80", Health.UP, Health.DOWN, 0, 1, "x");

        assertThat(bindings(server))
                .hasSize(10)
                .noneMatch(binding -> binding.contains(".3.3.1.20 ") || binding.contains(".3.3.1.21 "));
        assertThat(bindings(quorum))
                .hasSize(8)
                .noneMatch(binding -> binding.contains(".3.3.1.20 ") || binding.contains(".3.3.1.21 "));
    }

    @ParameterizedTest
    @CsvSource({"[2001:db8::47]:udp:53", "[2001:db8:0:0:0:0:0:47]:udp:53"})
    void anIpv6ServerIsTheSameHoweverItIsWritten(String name) {
        assertThat(bindings(Traps.realServer(1, name, Health.DOWN).event()))
                .startsWith(
                        "1.3.6.1.4.1.9586.100.5.3.4.1.3 = 2",
                        "1.3.6.1.4.1.9586.100.5.3.4.1.4 = 20:01:0d:b8:00:00:00:00:00:00:00:00:00:00:00:47",
                        "1.3.6.1.4.1.9586.100.5.3.4.1.5 = 53",
                        "1.3.6.1.4.1.9586.100.5.3.4.1.6 = 2");
    }

    @Test
    void aQuorumOfAFirewallMarkHasNoAddress() {
        var event = new Event.VirtualServerChange("web", "FWM 7", Health.UP, Health.DOWN, 1, 2, "x");

        assertThat(bindings(event))
                .containsExactly(
                        "1.3.6.1.4.1.9586.100.5.3.3.1.2 = 1",
                        "1.3.6.1.4.1.9586.100.5.3.3.1.4 = 7",
                        "1.3.6.1.4.1.9586.100.5.3.3.1.8 = 4",
                        "1.3.6.1.4.1.9586.100.5.3.3.1.23 = 2",
                        "1.3.6.1.4.1.9586.100.5.3.3.1.22 = 2",
                        "1.3.6.1.4.1.9586.100.5.1.2.0 = lb1");
    }

    @ParameterizedTest
    @CsvSource({"web1:80", "[web1]:tcp:80", "[abc]:tcp:80", "[192.0.2.71]:tcp", "''"})
    void aServerThatIsWrittenOtherwiseIsNotGuessedAtAndNotAskedOf(String name) {
        assertThat(ServerName.of(name)).isNull();
        assertThat(KeepalivedMib.of(Traps.realServer(1, name, Health.UP))).isNull();
    }

    @Test
    void aTextIsCutBetweenTwoCharacters() {
        assertThat(Texts.octets("é".repeat(200)).getValue()).hasSize(254);
        assertThat(Texts.octets("x".repeat(200)).getValue()).hasSize(200);
        assertThat(Texts.octets("😀".repeat(200)).getValue()).hasSize(252);
    }

    private static List<String> bindings(Event event) {
        var notification = KeepalivedMib.of(Traps.record(1, event));
        assertThat(notification).isNotNull();
        return notification.bindings().stream().map(VariableBinding::toString).toList();
    }
}
