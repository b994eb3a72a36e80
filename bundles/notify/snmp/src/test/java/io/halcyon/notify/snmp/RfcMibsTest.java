package io.halcyon.notify.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.event.Event;
import io.halcyon.api.vrrp.RouterState;
import java.net.NetworkInterface;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RfcMibsTest {

    @Test
    void rfc2787TellsTheAddressOfTheNewMaster() throws Exception {
        var notification = new RfcMibs("2787", name -> Optional.of(Traps.status("192.0.2.11"))).of(master(100, "x"));

        assertThat(notification).isNotNull();
        assertThat(notification.name()).hasToString("1.3.6.1.2.1.68.0.1");
        assertThat(notification.bindings())
                .singleElement()
                .hasToString("1.3.6.1.2.1.68.1.3.1.7." + loopback() + ".51 = 192.0.2.11");
    }

    @ParameterizedTest
    @CsvSource({
        "255, owner of its addresses, 1",
        "100, '192.0.2.12 advertises priority 50, ours is 100', 2",
        "100, nothing heard from 192.0.2.12 for 3609 ms, 3"
    })
    void rfc6527TellsTheReasonAsWell(int priority, String cause, int reason) throws Exception {
        var notification =
                new RfcMibs("6527", name -> Optional.of(Traps.status("2001:db8::11"))).of(master(priority, cause));

        assertThat(notification).isNotNull();
        assertThat(notification.name()).hasToString("1.3.6.1.2.1.207.0.1");
        var row = "." + loopback() + ".51.2 = ";
        assertThat(notification.bindings().get(0).toString())
                .isEqualTo("1.3.6.1.2.1.207.1.1.1.1.3" + row + "20:01:0d:b8:00:00:00:00:00:00:00:00:00:00:00:11");
        assertThat(notification.bindings().get(1)).hasToString("1.3.6.1.2.1.207.1.2.5.1.2" + row + reason);
    }

    @Test
    void whatIsNotKnownIsNotTold() {
        assertThat(new RfcMibs("2787", name -> Optional.empty()).of(master(100, "x")))
                .isNull();
        assertThat(new RfcMibs("2787", name -> Optional.of(Traps.status(null))).of(master(100, "x")))
                .isNull();
        assertThat(new RfcMibs("2787", name -> Optional.of(Traps.status("2001:db8::11"))).of(master(100, "x")))
                .isNull();
        assertThat(new RfcMibs("none", name -> Optional.of(Traps.status("192.0.2.11"))).of(master(100, "x")))
                .isNull();
        var backup = Traps.router(1, "VI_1", RouterState.BACKUP).event();
        assertThat(new RfcMibs("6527", name -> Optional.of(Traps.status("192.0.2.11"))).of(backup))
                .isNull();
    }

    private static Event master(int priority, String cause) {
        return new Event.RouterTransition(
                "VI_1", RouterState.BACKUP, RouterState.MASTER, cause, priority, List.of(), false, false);
    }

    private static int loopback() throws Exception {
        return NetworkInterface.getByName("lo").getIndex();
    }
}
