package io.halcyon.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.testkit.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("lab")
class NetworkNamespaceTest {

    private static final String NAME = "sockets-" + ProcessHandle.current().pid();

    @Test
    void aThreadEntersANamedNamespaceAndComesBack() throws Exception {
        String home = current();
        Command.run("ip", "netns", "add", NAME);
        try {
            try (NetworkNamespace.Stay stay = NetworkNamespace.named(NAME).enter()) {
                assertThat(stay).isNotNull();
                assertThat(current()).isNotEqualTo(home);
                assertThat(Command.line("ip netns identify").strip()).isEqualTo(NAME);
            }

            assertThat(current()).isEqualTo(home);
        } finally {
            Command.run("ip", "netns", "del", NAME);
        }
    }

    @Test
    void aNewNamespaceIsEmpty() throws Exception {
        String home = current();

        try (NetworkNamespace.Stay stay = NetworkNamespace.enterNew()) {
            assertThat(stay).isNotNull();
            assertThat(Files.readAllLines(Path.of("/proc/thread-self/net/dev"))).hasSize(3);
        }

        assertThat(current()).isEqualTo(home);
    }

    @Test
    void onlyTheThreadThatWentCanComeBack() throws Exception {
        try (NetworkNamespace.Stay stay = NetworkNamespace.enterNew()) {
            CompletableFuture<Void> other = CompletableFuture.runAsync(stay::close);

            assertThatThrownBy(other::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    private static String current() throws Exception {
        return Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net")).toString();
    }
}
