package io.halcyon.console.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventTree;
import io.halcyon.api.event.Severity;
import io.halcyon.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private final History history = History.ofAFailover();

    private Forest forest() {
        return new Forest(history.events, history::event);
    }

    private List<EventTree> around(long... ids) {
        return forest().around(Arrays.stream(ids)
                .mapToObj(id -> history.event(id).orElseThrow())
                .toList());
    }

    @Test
    void transitionsStandBelowWhatLedToThem() {
        assertThat(TimelineText.of(around(5, 9), 100))
                .isEqualTo(
                        """
                        2026-11-28T04:20:06.123Z
                              +0 ms    #2     chk_nginx: UP -> DOWN, connect refused
                            +0.4 ms    #3     `- VI_1: effective priority 100 -> 80, check chk_nginx failed: refused
                             +13 ms  > #5        `- VI_1: MASTER -> BACKUP, 192.0.2.2 has 90

                        2026-11-28T04:20:09.723Z
                              +0 ms    #7     chk_nginx: DOWN -> UP, it answers
                              +1 ms    #8     `- VI_1: effective priority 80 -> 100, check chk_nginx is fine
                             +3.6 s  > #9        `- VI_1: BACKUP -> MASTER, 192.0.2.2 has 90
                        """);
    }

    @Test
    void aNarrowTerminalKeepsTheTreeInItsLines() {
        String text = TimelineText.of(around(5), 60);

        assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(60));
        assertThat(text)
                .isEqualTo(
                        """
                        2026-11-28T04:20:06.123Z
                              +0 ms    #2     chk_nginx: UP -> DOWN, connect refused
                            +0.4 ms    #3     `- VI_1: effective priority 100 -> 80,
                                                 |  check chk_nginx failed: refused
                             +13 ms  > #5        `- VI_1: MASTER -> BACKUP,
                                                       192.0.2.2 has 90
                        """);
    }

    @Test
    void anIdShowsEverythingThatHasARootInCommon() {
        history.happens(5_500_000, new Event.AddressTrouble("VI_1", "192.0.2.50/24", "went", Severity.WARNING), 3);

        EventTree root = forest().whole(history.event(5).orElseThrow()).get(0);

        assertThat(root.event().id()).isEqualTo(2);
        assertThat(root.asked()).isFalse();
        EventTree priority = root.consequences().get(0);
        assertThat(priority.afterMicros()).isEqualTo(400);
        assertThat(priority.consequences())
                .extracting(tree -> tree.event().id() + " " + tree.asked())
                .containsExactly("5 true", "10 false");
    }

    @Test
    void anObjectsTransitionsLeaveOutWhatElseCameOfTheirCauses() {
        history.happens(5_500_000, new Event.AddressTrouble("VI_1", "192.0.2.50/24", "went", Severity.WARNING), 3);
        history.happens(5_600_000, new Event.AddressTrouble("VI_1", "192.0.2.50/24", "is back", Severity.WARNING), 5);

        EventTree priority = around(5).get(0).consequences().get(0);

        assertThat(priority.consequences()).singleElement().satisfies(move -> {
            assertThat(move.event().id()).isEqualTo(5);
            assertThat(move.consequences())
                    .extracting(tree -> tree.event().id())
                    .containsExactly(11L);
        });
    }

    @Test
    void ofSeveralCausesItStandsBelowTheLastAndNamesTheOthers() {
        var both = history.happens(20_000_000, new Event.Stall("VI_1", 4_000, "another node is master now"), 6, 9, 3);

        EventTree root = forest().around(List.of(both)).get(1);

        assertThat(root.event().id()).isEqualTo(6);
        EventTree last = forest().around(List.of(both))
                .get(2)
                .consequences()
                .get(0)
                .consequences()
                .get(0);
        assertThat(last.consequences()).singleElement().satisfies(tree -> {
            assertThat(tree.event()).isEqualTo(both);
            assertThat(tree.otherCauses()).containsExactly(6L, 3L);
        });
        assertThat(TimelineText.of(forest().around(List.of(both)), 200)).contains("(also caused by #6, #3)");
    }

    @Test
    void aCauseThatIsForgottenIsNamedAndOneThatIsOnlyOldIsFound() {
        var forgotten = new Forest(history.events.subList(2, 9), id -> Optional.empty());
        var old = new Forest(history.events.subList(2, 9), history::event);
        var asked = List.of(history.event(5).orElseThrow());

        assertThat(forgotten.around(asked).get(0).event().id()).isEqualTo(3);
        assertThat(forgotten.around(asked).get(0).otherCauses()).containsExactly(2L);
        assertThat(old.around(asked).get(0).event().id()).isEqualTo(2);
    }

    @Test
    void theSameAsJson() {
        String json = Json.write(around(5));

        assertThat(json)
                .startsWith("[{\"event\":{\"id\":2,")
                .contains(
                        "\"afterMicros\":0,\"asked\":false,\"otherCauses\":[],\"consequences\":[{\"event\":{\"id\":3,")
                .contains("\"afterMicros\":12700,\"asked\":true");
        assertThat(List.of(Json.read(json, EventTree[].class))).isEqualTo(around(5));
    }

    @Test
    void timesAreAsLongAsTheyAreWorthReading() {
        assertThat(List.of(0L, 400L, 1_000L, 12_700L, 3_600_000L, 59_900_000L, 125_000_000L, -2_000L))
                .extracting(TimelineText::after)
                .containsExactly("+0 ms", "+0.4 ms", "+1 ms", "+13 ms", "+3.6 s", "+59.9 s", "+2m05s", "-2 ms");
    }
}
