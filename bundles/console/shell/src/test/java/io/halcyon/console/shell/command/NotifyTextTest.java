package io.halcyon.console.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.event.Severity;
import io.halcyon.api.notify.NotifierStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotifyTextTest {

    private static final Instant NOW = History.START.plusSeconds(200);

    private final History history = History.ofAFailover();
    private final KnownNotifiers notifiers = new KnownNotifiers();

    /** All that a failover on a node with long names and many causes may say. */
    @BeforeEach
    void somethingLongHappens() {
        history.happens(
                13_000_000,
                new Event.RealServerChange(
                        "web-frontend-of-the-north",
                        "[192.0.2.50]:tcp:443",
                        "[2001:db8:71::192:0:2:71]:tcp:443",
                        Health.UP,
                        Health.DOWN,
                        0,
                        "connect to port 443 timed out after 3000 ms, and so did the two attempts before it"),
                1,
                2,
                3,
                4,
                5,
                6,
                7,
                8,
                9);
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 100, 109, 110, 130})
    void everythingFitsTheTerminal(int columns) {
        var status = new NotifierStatus(
                "pager-of-the-night",
                "webhook",
                "retrying in 17 s",
                300,
                17_000,
                220,
                0,
                12,
                History.START,
                NOW,
                "HTTP status 503 of https://alerts.example.org/hooks/halcyon: the service is busy");

        assertThat(List.of(
                        NotifyText.list(List.of(status), NOW, columns),
                        NotifyText.queue("ops", notifiers.queue("ops", 3), 5, NOW, columns),
                        NotifyText.dead("ops", notifiers.dead("ops"), NOW, columns),
                        NotifyText.events(history.events, columns),
                        followed(columns)))
                .allSatisfy(text -> assertThat(text.lines())
                        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(columns)));
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 100, 109})
    void anOrdinaryTerminalHasTheTimeOfDayOfEachEventOnItsOwnLine(int columns) {
        for (String text : List.of(NotifyText.events(history.events, columns), followed(columns))) {
            assertThat(text).startsWith("ID").doesNotContain("SEVERITY", "CAUSED BY", "2026-11-28");
            assertThat(text.lines().filter(line -> line.matches("\\d+ +04:20:\\d\\d\\.\\d{3}  .*")))
                    .hasSize(history.events.size());
        }
    }

    @Test
    void aWideOneHasTheDayTheSeverityAndTheCauses() {
        EventRecord third = history.events.get(2);

        assertThat(NotifyText.events(List.of(third), 110))
                .isEqualTo(
                        """
                ID  AT                        SEVERITY  OBJECT  CAUSED BY  EVENT
                3   2026-11-28T04:20:06.123Z  INFO      VI_1    2          effective priority 100 -> 80, check chk_nginx
                                                                           failed: refused
                """);
    }

    @Test
    void followedEventsStandBelowEachOther() {
        assertThat(NotifyText.eventHeading(80) + NotifyText.event(history.events.get(2), 80))
                .isEqualTo(
                        """
                ID     AT (UTC)      OBJECT      EVENT
                3      04:20:06.123  VI_1        effective priority 100 -> 80, check chk_nginx
                                                 failed: refused
                """);
    }

    @Test
    void aPipeGetsOneLineForEachWithEverything() {
        EventRecord last = history.events.get(history.events.size() - 1);

        assertThat(NotifyText.event(last, Table.UNLIMITED).lines())
                .singleElement()
                .asString()
                .contains("2026-11-28T04:20:14.123Z", Severity.CRITICAL.toString(), "1, 2, 3, 4, 5, 6, 7, 8, 9");
    }

    private String followed(int columns) {
        var text = new StringBuilder(NotifyText.eventHeading(columns));
        history.events.forEach(event -> text.append(NotifyText.event(event, columns)));
        return text.toString();
    }
}
