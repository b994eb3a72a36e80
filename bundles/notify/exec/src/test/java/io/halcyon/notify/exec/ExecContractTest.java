package io.halcyon.notify.exec;

import io.halcyon.spi.notify.NotifierFactory;
import io.halcyon.testkit.NotifierContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** The contract, with a script that keeps what it reads. */
class ExecContractTest extends NotifierContract<ExecKeys> {

    @TempDir
    Path directory;

    @Override
    protected NotifierFactory<ExecKeys> factory() {
        return new ExecNotifierFactory();
    }

    @Override
    protected Map<String, Object> reaching() throws IOException {
        return Map.of(
                "script",
                new Workshop(directory).shell("keep", "cat >> $D/received").toString());
    }

    /** A script that waits for something by itself. */
    @Override
    protected Map<String, Object> unreachable() throws IOException {
        return Map.of(
                "notify", new Workshop(directory).shell("later", "exit 75").toString());
    }

    @Override
    protected Map<String, Object> senseless() {
        return Map.of("notify.master", "/no/such/script");
    }

    @Override
    protected List<String> received() throws IOException {
        return new Workshop(directory).lines("received");
    }
}
