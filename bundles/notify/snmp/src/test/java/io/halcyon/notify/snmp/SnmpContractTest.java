package io.halcyon.notify.snmp;

import io.halcyon.spi.notify.NotifierFactory;
import io.halcyon.testkit.NotifierContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The contract, against Net-SNMP's receiver, with an OID of the operator's for the events that keepalived does not know. */
@Tag("lab")
class SnmpContractTest extends NotifierContract<SnmpKeys> {

    @TempDir
    Path directory;

    private Snmptrapd receiver;

    @BeforeEach
    void start() throws Exception {
        receiver = new Snmptrapd(directory);
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Override
    protected NotifierFactory<SnmpKeys> factory() {
        return new SnmpNotifierFactory(directory.resolve("boots"));
    }

    @Override
    protected Map<String, Object> reaching() {
        return keys(receiver.port());
    }

    @Override
    protected Map<String, Object> unreachable() throws IOException {
        return keys(Snmptrapd.freePort());
    }

    @Override
    protected Map<String, Object> senseless() {
        return Map.of("server", "127.0.0.1", "version", "v3", "user", "halcyon", "auth.password", "short");
    }

    @Override
    protected List<String> received() throws Exception {
        return receiver.received().stream()
                .map(notification -> String.join("\n", notification.values().values()))
                .toList();
    }

    private static Map<String, Object> keys(int port) {
        return Traps.v2c("server", "127.0.0.1", "port", port, "timeout", 1.0, "event.oid", "1.3.6.1.4.1.32473.1");
    }
}
