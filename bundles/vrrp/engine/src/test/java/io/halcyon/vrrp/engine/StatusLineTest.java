package io.halcyon.vrrp.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.event.Event;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.spi.host.Supervisor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusLineTest {

    private final List<String> lines = new ArrayList<>();
    private final List<Event> passedOn = new ArrayList<>();
    private final StatusLine line = new StatusLine(
            new Supervisor() {
                @Override
                public void ready() {}

                @Override
                public void status(String sentence) {
                    lines.add(sentence);
                }

                @Override
                public void stopping() {}

                @Override
                public void alive() {}

                @Override
                public long patienceNanos() {
                    return 0;
                }
            },
            (event, causes) -> {
                passedOn.add(event);
                return 42;
            });

    private long move(String router, RouterState to, boolean stopping) {
        return line.publish(
                new Event.RouterTransition(router, RouterState.INIT, to, "", 100, List.of(), stopping, false),
                List.of());
    }

    @Test
    void namesEachRouterAndForgetsThoseThatGo() {
        assertThat(move("VI_2", RouterState.BACKUP, false)).isEqualTo(42);
        move("VI_1", RouterState.MASTER, false);
        move("VI_2", RouterState.INIT, true);
        move("VI_1", RouterState.INIT, true);

        assertThat(lines)
                .containsExactly(
                        "VI_2 BACKUP", "VI_1 MASTER, VI_2 BACKUP", "VI_1 MASTER", "no virtual router takes part");
        assertThat(passedOn).hasSize(4);
    }

    @Test
    void countsManyRouters() {
        for (int i = 1; i <= 7; i++) {
            move("VI_" + i, i <= 2 ? RouterState.MASTER : RouterState.BACKUP, false);
        }

        assertThat(lines.get(6)).isEqualTo("5 BACKUP, 2 MASTER");
    }
}
