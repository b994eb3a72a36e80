package io.halcyon.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@InNetworkNamespace
class InNetworkNamespaceTest {

    private Thread setUpThread;

    @BeforeEach
    void makeAnInterface() {
        setUpThread = Thread.currentThread();
        Command.line("ip link add hc0 type veth peer name hc1");
    }

    @Test
    void aTestSeesOnlyWhatItMade() throws Exception {
        assertThat(Files.readString(Path.of("/proc/thread-self/net/dev"))).contains("lo:", "hc0:");
        assertThat(Command.line("ip -br link").lines().count()).isEqualTo(3);
        assertThat(Command.line("ip link show lo")).contains("LOOPBACK,UP");
        assertThat(Thread.currentThread()).isSameAs(setUpThread);
    }

    @Test
    void theNextTestStartsAfresh() {
        assertThat(Command.line("ip -br link").lines().count()).isEqualTo(3);
    }

    @Test
    void threadsStartedFromTheTestAreInsideToo() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();

        Thread thread = new Thread(() -> seen.complete(Command.line("ip -br link")));
        thread.start();
        thread.join();

        assertThat(seen.join()).contains("hc0");
    }
}
