package io.halcyon.notify.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.event.Severity;
import io.halcyon.api.vrrp.RouterState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterTest {

    @Test
    void aTransitionTellsWhatWhyWhenAndWhere() {
        var letter = Letter.about(Mails.transition(17, "master 192.0.2.2 released"));

        assertThat(letter.subject()).isEqualTo("[lb1] VRRP Instance VI_1 - Entering MASTER state");
        assertThat(letter.body())
                .isEqualTo(
                        """
                        => VRRP Instance is now owning VRRP VIPs <=

                        What:      VI_1: BACKUP -> MASTER
                        Why:       master 192.0.2.2 released
                        Priority:  90
                        Addresses: 192.0.2.50/24
                        When:      2026-06-30 13:28:55.310 UTC
                        Node:      lb1
                        Event:     17, caused by 15, 16
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "MASTER, BACKUP, false, Entering BACKUP state, VRRP Instance is no longer owning VRRP VIPs",
        "MASTER, FAULT, false, Entering FAULT state, VRRP Instance is no longer owning VRRP VIPs",
        "FAULT, MASTER, false, Entering MASTER state, VRRP Instance is now owning VRRP VIPs",
        "MASTER, INIT, true, Stopping, Shutting down"
    })
    void transitionsHaveTheWordsThatFiltersLookFor(
            RouterState from, RouterState to, boolean stopping, String news, String sentence) {
        var letter = Letter.about(Mails.record(
                1,
                new Event.RouterTransition(
                        "VI_1", from, to, "because", 100, List.of("192.0.2.50/24"), stopping, false)));

        assertThat(letter.subject()).isEqualTo("[lb1] VRRP Instance VI_1 - " + news);
        assertThat(letter.body()).startsWith("=> " + sentence + " <=\n");
    }

    @Test
    void otherEventsHaveSubjectsThatSayEnough() {
        assertThat(subject(new Event.VerdictChange("chk_web", Health.UP, Health.DOWN, "no process")))
                .isEqualTo("[lb1] Check chk_web - DOWN");
        assertThat(subject(new Event.PriorityChange("VI_1", 100, 80, RouterState.BACKUP, "chk_web is DOWN")))
                .isEqualTo("[lb1] VRRP Instance VI_1 - effective priority 100 -> 80");
        assertThat(subject(new Event.AddressTrouble("VI_1", "192.0.2.50/24", "was removed", Severity.WARNING)))
                .isEqualTo("[lb1] VRRP Instance VI_1 - address 192.0.2.50/24 was removed");
        assertThat(subject(new Event.ConfigurationChange("VI_1", "accepted", Severity.INFO)))
                .isEqualTo("[lb1] Configuration of VI_1");
        assertThat(subject(new Event.Stall("VI_1", 4_000, "another master was heard")))
                .isEqualTo("[lb1] VRRP Instance VI_1 - stalled for 4000 ms, another master was heard");
        assertThat(subject(new Event.PluginChange("exec", "check type went")))
                .isEqualTo("[lb1] Plugin exec - check type went");
        assertThat(subject(new Event.Maintenance("chk", "forced UP by hand: a new disk", true, Severity.WARNING)))
                .isEqualTo("[lb1] Check chk - forced UP by hand: a new disk");
        assertThat(subject(new Event.Trial("ops", "asked for"))).isEqualTo("[lb1] Trial message of notifier ops");
    }

    @Test
    void whatOthersWroteStartsNoLineOfItsOwn() {
        var letter = Letter.about(Mails.record(
                1, new Event.VerdictChange("chk\r\nBcc: all@example.org", Health.UP, Health.DOWN, "a\nWhen: never")));

        assertThat(letter.subject()).isEqualTo("[lb1] Check chk Bcc: all@example.org - DOWN");
        assertThat(letter.body()).contains("Why:       a When: never\n");
    }

    @Test
    void theMessageIdIsOneOfItsOwnAlsoAfterARestart() {
        var event = Mails.transition(1, "a").event();
        var before = new EventRecord(1, Mails.AT, 1, "lb 1", List.of(), event);
        var after = new EventRecord(1, Mails.AT.plusSeconds(60), 1, "lb 1", List.of(), event);

        assertThat(Letter.about(before).id())
                .isEqualTo(Letter.about(before).id())
                .endsWith("@lb-1>");
        assertThat(Letter.about(after).id()).isNotEqualTo(Letter.about(before).id());
        assertThat(Letter.about(before).body()).contains("Event:     1\n");
    }

    private static String subject(Event event) {
        return Letter.about(Mails.record(1, event)).subject();
    }
}
