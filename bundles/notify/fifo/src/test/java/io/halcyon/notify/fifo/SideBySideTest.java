package io.halcyon.notify.fifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.event.Event;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.testkit.InNetworkNamespace;
import io.halcyon.testkit.RealKeepalived;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What keepalived itself writes into its FIFO, and what we write for the same transitions. */
@Tag("lab")
@InNetworkNamespace
@Timeout(60)
class SideBySideTest {

    @TempDir
    Path directory;

    private final List<String> theirs = new ArrayList<>();

    @Test
    void theSameTransitionsAreTheSameLines() throws Exception {
        var path = directory.resolve("theirs");
        new ProcessBuilder("mkfifo", "-m", "600", path.toString()).start().waitFor();
        try (var fifo = new RandomAccessFile(path.toFile(), "rw");
                var keepalived = new RealKeepalived(directory, "vrrp_notify_fifo " + path + "\n", "", "")) {
            readUntil(fifo, "MASTER");
            keepalived.unplug();
            readUntil(fifo, "FAULT");
            keepalived.plugIn();
            readUntil(fifo, "MASTER");
            keepalived.stop();
            readUntil(fifo, "STOP");
        }

        assertThat(of("INSTANCE")).isEqualTo(ours(false));
        assertThat(of("GROUP")).isEqualTo(ours(true));
    }

    /** Until both, instance and group, are in that state. */
    private void readUntil(RandomAccessFile fifo, String state) throws IOException {
        int there = 0;
        while (there < 2) {
            var line = fifo.readLine() + "\n";
            theirs.add(line);
            there += line.contains(" " + state + " ") ? 1 : 0;
        }
    }

    private List<String> of(String what) {
        return theirs.stream().filter(line -> line.startsWith(what + " ")).toList();
    }

    private static List<String> ours(boolean group) {
        var lines = new ArrayList<String>();
        var telling = new KeepalivedLines(true, false, false, false);
        var states = List.of("BACKUP", "MASTER", "FAULT", "BACKUP", "MASTER", "INIT");
        for (var state : states) {
            boolean stopping = state.equals("INIT");
            var to = RouterState.valueOf(state);
            var event = group
                    ? new Event.GroupTransition("G1", RouterState.INIT, to, "test", stopping, false)
                    : new Event.RouterTransition("VI_1", RouterState.INIT, to, "test", 150, List.of(), stopping, false);
            lines.addAll(telling.texts(Events.record(1, event)));
        }
        return lines;
    }
}
