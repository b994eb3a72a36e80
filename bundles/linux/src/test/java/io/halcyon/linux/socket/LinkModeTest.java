package io.halcyon.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.testkit.Command;
import io.halcyon.testkit.InNetworkNamespace;
import java.io.IOException;
import org.junit.jupiter.api.Test;

@InNetworkNamespace
class LinkModeTest {

    @Test
    void aVirtualCableHasTenGigabits() throws IOException {
        Command.line("ip link add v0 type veth peer name v1");

        assertThat(LinkMode.of("v0")).isEqualTo(new LinkMode(10_000, true));
    }

    @Test
    void whoHasNoCableHasNoSpeed() throws IOException {
        assertThat(LinkMode.of("lo").megabits()).isEqualTo(-1);
        assertThat(LinkMode.of("none").megabits()).isEqualTo(-1);
        assertThat(LinkMode.of("a-name-that-no-interface-can-have").megabits()).isEqualTo(-1);
    }
}
