package io.halcyon.notify.fifo;

import io.halcyon.spi.notify.NotifierFactory;
import io.halcyon.testkit.NotifierContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** The contract, with a script that keeps what it reads. */
class FifoContractTest extends NotifierContract<FifoKeys> {

    @TempDir
    Path directory;

    @Override
    protected NotifierFactory<FifoKeys> factory() {
        return new FifoNotifierFactory();
    }

    @Override
    protected Map<String, Object> reaching() throws IOException {
        var place = new Place(directory);
        var script = place.script("#!/bin/sh\ncat \"$1\" >> " + directory.resolve("received") + "\n");
        return Map.of("fifo", place.fifo().toString(), "format", "json", "script", script.toString());
    }

    @Override
    protected Map<String, Object> unreachable() {
        return Map.of("fifo", new Place(directory).fifo().toString());
    }

    @Override
    protected Map<String, Object> senseless() {
        return Map.of("fifo", "/etc/passwd");
    }

    @Override
    protected List<String> received() throws IOException {
        return new Place(directory).lines("received");
    }
}
