package io.halcyon.console.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.vrrp.RouterAddress;
import io.halcyon.api.vrrp.RouterExplanation;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.api.vrrp.RouterStatus;
import io.halcyon.api.vrrp.TrackStatus;
import io.halcyon.api.vrrp.Transition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTextTest {

    private static final int WIDTH = 100;
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void theListNamesTheMasterAndBothPriorities() {
        String text = RouterText.list(List.of(router(RouterState.BACKUP)), NOW, WIDTH);

        assertThat(text)
                .isEqualTo(
                        """
                ROUTER  STATE   SINCE  PRIORITY  INTERFACE  VRID  MASTER        CAUSE
                VI_1    BACKUP  1m05s  80 (100)  eth0       51    192.168.88.4  a better master is heard
                """);
    }

    @Test
    void aMasterIsThisNode() {
        assertThat(RouterText.list(List.of(router(RouterState.MASTER)), NOW, WIDTH))
                .contains("this node");
    }

    @Test
    void withoutRoutersASentenceSaysWhereTheyAreConfigured() {
        assertThat(RouterText.list(List.of(), NOW, WIDTH)).contains("etc/io.halcyon.vrrp-NAME.cfg");
    }

    @Test
    void everyFactIsShown() {
        assertThat(RouterText.show(router(RouterState.BACKUP), NOW, WIDTH))
                .contains(
                        "192.168.88.50/24",
                        "netlink",
                        "chk_http",
                        "advert.int 1000 ms",
                        "bad.checksum 3",
                        "weight 2 never matters")
                .doesNotContain("never.seen");
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 100, 130})
    void everythingFitsTheTerminal(int columns) {
        RouterStatus router = router(RouterState.BACKUP);
        var explanation = new RouterExplanation(
                "VI_1",
                router.state(),
                List.of(
                        "192.168.88.4 advertises priority 90, which is more than the effective priority of this node, 80"),
                List.of(
                        "check chk_http becomes UP: the effective priority would be 100 then, which is more than 90 has"),
                router.warnings(),
                router.history());

        assertThat(List.of(
                        RouterText.list(List.of(router), NOW, columns),
                        RouterText.show(router, NOW, columns),
                        RouterText.explain(explanation, columns)))
                .allSatisfy(text -> assertThat(text.lines())
                        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(columns)));
    }

    @Test
    void anOrdinaryTerminalHasWhatMattersMost() {
        assertThat(RouterText.list(List.of(router(RouterState.BACKUP)), NOW, 80))
                .isEqualTo(
                        """
                ROUTER  STATE   SINCE  PRIORITY  MASTER        CAUSE
                VI_1    BACKUP  1m05s  80 (100)  192.168.88.4  a better master is heard
                """);
    }

    @Test
    void anExplanationSaysWhyAndWhatWouldChange() {
        var explanation = new RouterExplanation(
                "VI_1", RouterState.BACKUP, List.of("x is master"), List.of("x falls silent"), List.of(), List.of());

        assertThat(RouterText.explain(explanation, WIDTH))
                .isEqualTo(
                        """
                VI_1 is BACKUP

                because
                  - x is master

                it would change if
                  - x falls silent
                """);
    }

    private static RouterStatus router(RouterState state) {
        return new RouterStatus(
                "VI_1",
                "eth0",
                51,
                2,
                state,
                "a better master is heard",
                NOW.minusSeconds(65),
                100,
                100,
                80,
                "192.168.88.4",
                90,
                "192.168.88.3",
                "raw",
                "netlink",
                List.of(new RouterAddress("192.168.88.50/24", "eth0", false, false)),
                List.of(new TrackStatus("script", "chk_http", -20, false, false, -20, "nginx does not answer")),
                Map.of("advert.int", 1000L),
                Map.of("sent", 3L),
                Map.of("bad.checksum", 3L, "never.seen", 0L),
                List.of(new Transition(NOW, RouterState.MASTER, RouterState.BACKUP, "a better master is heard")),
                List.of("weight 2 never matters"));
    }
}
