package io.halcyon.notify.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.vrrp.RouterExplanation;
import io.halcyon.api.vrrp.RouterService;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.api.vrrp.RouterStatus;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The notifications of the IETF's MIBs, with Net-SNMP's receiver. */
@Tag("lab")
@Timeout(60)
class NewMasterTest {

    @TempDir
    Path directory;

    @Test
    void aNewMasterIsToldOfTwiceAndABackupOnce() throws Exception {
        try (var receiver = new Snmptrapd(directory)) {
            var factory = new SnmpNotifierFactory(directory.resolve("boots"));
            factory.setRouters(new OneRouter());
            var notifier = Traps.notifier(factory, receiver.port(), Traps.v2c("rfc.mib", "6527"));

            notifier.deliver(Traps.router(1, "VI_1", RouterState.MASTER));
            notifier.deliver(Traps.router(2, "VI_1", RouterState.BACKUP));

            var traps = receiver.received();
            assertThat(traps)
                    .extracting(Snmptrapd.Received::name)
                    .containsExactly(Oids.INSTANCE_STATE_CHANGE, "1.3.6.1.2.1.207.0.1", Oids.INSTANCE_STATE_CHANGE);
            var row = "." + NetworkInterface.getByName("lo").getIndex() + ".51.1";
            assertThat(traps.get(1).value("1.3.6.1.2.1.207.1.2.5.1.2" + row)).isEqualTo("3");
        }
    }

    @Test
    void withoutAnythingThatKnowsRoutersThereIsKeepalivedsAlone() throws Exception {
        try (var receiver = new Snmptrapd(directory)) {
            var notifier = Traps.notifier(directory, receiver.port(), Traps.v2c("rfc.mib", "2787"));

            notifier.deliver(Traps.router(1, "VI_1", RouterState.MASTER));

            assertThat(receiver.received())
                    .extracting(Snmptrapd.Received::name)
                    .containsExactly(Oids.INSTANCE_STATE_CHANGE);
        }
    }

    private static final class OneRouter implements RouterService {

        @Override
        public List<RouterStatus> routers() {
            return List.of(Traps.status("192.0.2.11"));
        }

        @Override
        public Optional<RouterStatus> router(String name) {
            return Optional.of(Traps.status("192.0.2.11"));
        }

        @Override
        public RouterExplanation explain(String name) {
            throw new AssertionError("not asked for");
        }

        @Override
        public void priority(String name, int priority, boolean save) {
            throw new AssertionError("not asked for");
        }

        @Override
        public void failover(String name) {
            throw new AssertionError("not asked for");
        }
    }
}
