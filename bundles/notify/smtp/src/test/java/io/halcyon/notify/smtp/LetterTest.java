package io.halcyon.notify.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.event.Severity;
import io.halcyon.api.vrrp.RouterState;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterTest {

    private static final Event CHECK_IS_DOWN = new Event.VerdictChange("chk_web", Health.UP, Health.DOWN, "no process");

    @Test
    void aTransitionTellsWhatSinceWhenWhyWhatItMeansAndWhatToLookAt() {
        var letter = Letter.about(
                Mails.transition(17, "master 192.0.2.2 released"), List.of(Mails.record(16, CHECK_IS_DOWN)));

        assertThat(letter.subject()).isEqualTo("[lb1] VRRP Instance VI_1 - Entering MASTER state");
        assertThat(PlainForm.of(letter))
                .isEqualTo(
                        """
                        => VRRP Instance is now owning VRRP VIPs <=

                        What:      VI_1: BACKUP -> MASTER
                        Since:     2026-06-30 13:28:55.310 UTC
                        Why:       master 192.0.2.2 released
                        Meaning:   this node answers for 192.0.2.50/24 from now on
                        Priority:  90
                        Addresses: 192.0.2.50/24
                        Node:      lb1
                        Event:     17, caused by 15, 16

                        Look at:
                          vrrp:explain VI_1
                          ha:events

                        Before this:
                          2026-06-30 13:28:55.310 UTC  chk_web: UP -> DOWN, no process
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "MASTER, BACKUP, false, false, Entering BACKUP state, VRRP Instance is no longer owning VRRP VIPs",
        "MASTER, FAULT, false, false, Entering FAULT state, VRRP Instance is no longer owning VRRP VIPs",
        "FAULT, MASTER, false, false, Entering MASTER state, VRRP Instance is now owning VRRP VIPs",
        "MASTER, INIT, true, false, Stopping, Shutting down",
        "MASTER, INIT, true, true, Deleted, Removing"
    })
    void transitionsHaveTheWordsThatFiltersLookFor(
            RouterState from, RouterState to, boolean stopping, boolean deleted, String news, String sentence) {
        var letter = letter(new Event.RouterTransition(
                "VI_1", from, to, "because", 100, List.of("192.0.2.50/24"), stopping, deleted));

        assertThat(letter.subject()).isEqualTo("[lb1] VRRP Instance VI_1 - " + news);
        assertThat(PlainForm.of(letter)).startsWith("=> " + sentence + " <=\n");
    }

    @ParameterizedTest
    @CsvSource({
        "BACKUP, MASTER, false, false, Entering MASTER state, All VRRP group instances are now in MASTER state",
        "MASTER, BACKUP, false, false, Entering BACKUP state, All VRRP group instances are now in BACKUP state",
        "MASTER, FAULT, false, false, Entering FAULT state, All VRRP group instances are now in FAULT state",
        "BACKUP, INIT, true, false, Stopping, Shutting down",
        "BACKUP, INIT, true, true, Deleted, Removing"
    })
    void groupsHaveTheWordsThatFiltersLookFor(
            RouterState from, RouterState to, boolean stopping, boolean deleted, String news, String sentence) {
        var letter = letter(new Event.GroupTransition("G1", from, to, "because", stopping, deleted));

        assertThat(letter.subject()).isEqualTo("[lb1] VRRP Group G1 - " + news);
        assertThat(PlainForm.of(letter)).startsWith("=> " + sentence + " <=\n");
    }

    @Test
    void serversHaveTheWordsThatFiltersLookFor() {
        var rs = letter(new Event.RealServerChange(
                "web", "[192.0.2.60]:tcp:80", "[192.0.2.71]:tcp:80", Health.UP, Health.DOWN, 0, "refused"));
        assertThat(rs.subject())
                .isEqualTo("[lb1] Realserver [192.0.2.71]:tcp:80 of virtual server [192.0.2.60]:tcp:80 - DOWN");
        assertThat(PlainForm.of(rs))
                .startsWith("=> CHECK failed on service <=\n")
                .contains("Why:       refused\n");

        var lost = letter(new Event.VirtualServerChange(
                "web", "[192.0.2.60]:tcp:80", Health.UP, Health.DOWN, 1, 2, "one is not enough"));
        assertThat(lost.subject()).isEqualTo("[lb1] Virtualserver [192.0.2.60]:tcp:80 - DOWN");
        assertThat(PlainForm.of(lost)).startsWith("=> Lost quorum 2 > 1 <=\n");

        var gained = letter(new Event.VirtualServerChange(
                "web", "[192.0.2.60]:tcp:80", Health.DOWN, Health.UP, 3, 2, "they are back"));
        assertThat(PlainForm.of(gained)).startsWith("=> Gained quorum 2 <= 3 <=\n");
    }

    @Test
    void whoLosesTheAddressesIsToldWhatThatMeans() {
        var fault = letter(new Event.RouterTransition(
                "VI_1",
                RouterState.MASTER,
                RouterState.FAULT,
                "eth0 is down",
                0,
                List.of("192.0.2.50/24"),
                false,
                false));

        assertThat(fault.facts().get("Meaning:"))
                .isEqualTo("this node no longer answers for 192.0.2.50/24, another one takes over if there is one;"
                        + " this node cannot take over until the cause is gone");
        assertThat(PlainForm.of(fault)).contains("Look at:\n  vrrp:explain VI_1\n  ha:doctor\n");
    }

    @Test
    void otherEventsHaveSubjectsThatSayEnough() {
        assertThat(subject(CHECK_IS_DOWN)).isEqualTo("[lb1] Check chk_web - DOWN");
        assertThat(subject(new Event.PriorityChange("VI_1", 100, 80, RouterState.BACKUP, "chk_web is DOWN")))
                .isEqualTo("[lb1] VRRP Instance VI_1 - effective priority 100 -> 80");
        assertThat(subject(new Event.LowerPriorityHeard("VI_1", "192.0.2.11", 90, 100)))
                .isEqualTo("[lb1] VRRP Instance VI_1 - lower priority advertised by 192.0.2.11");
        assertThat(subject(new Event.AddressTrouble("VI_1", "192.0.2.50/24", "was removed", Severity.WARNING)))
                .isEqualTo("[lb1] VRRP Instance VI_1 - address 192.0.2.50/24 was removed");
        assertThat(subject(new Event.AddressConflict("VI_1", "192.0.2.50/24", "is announced by another machine")))
                .isEqualTo("[lb1] VRRP Instance VI_1 - address 192.0.2.50/24 is announced by another machine");
        assertThat(subject(new Event.LeaseTrouble("VI_1", "192.0.2.50/24", "lost its lease", Severity.CRITICAL)))
                .isEqualTo("[lb1] VRRP Instance VI_1 - address 192.0.2.50/24 lost its lease");
        assertThat(subject(new Event.ConfigurationChange("VI_1", "accepted", Severity.INFO)))
                .isEqualTo("[lb1] Configuration of VI_1");
        assertThat(subject(new Event.Stall("VI_1", 4_000, "another master was heard")))
                .isEqualTo("[lb1] VRRP Instance VI_1 - stalled for 4000 ms, another master was heard");
        assertThat(subject(new Event.PluginChange("exec", "check type went")))
                .isEqualTo("[lb1] Plugin exec - check type went");
        assertThat(subject(new Event.Maintenance("chk", "forced UP by hand: a new disk", true, Severity.WARNING)))
                .isEqualTo("[lb1] Check chk - forced UP by hand: a new disk");
        assertThat(subject(new Event.NodeStart("lb1", "the run before was killed", false)))
                .isEqualTo("[lb1] Node lb1 - started");
        assertThat(subject(new Event.Trial("ops", "asked for"))).isEqualTo("[lb1] Trial message of notifier ops");
    }

    @Test
    void aDigestIsOneMailWithAListAndWhereEachObjectStands() {
        var back = new Event.VerdictChange("chk_web", Health.DOWN, Health.UP, "answers again");
        var events =
                List.of(Mails.record(1, CHECK_IS_DOWN), Mails.transition(2, "it fell silent"), Mails.record(3, back));

        var letter = letter(new Event.Digest("ops", events));

        assertThat(letter.subject()).isEqualTo("[lb1] 3 events, up to CRITICAL");
        assertThat(PlainForm.of(letter))
                .contains(
                        """
                        Last of each object:
                          2026-06-30 13:28:55.310 UTC  chk_web: DOWN -> UP, answers again
                          2026-06-30 13:28:55.310 UTC  VI_1: BACKUP -> MASTER, it fell silent

                        All of them:
                          2026-06-30 13:28:55.310 UTC  chk_web: UP -> DOWN, no process
                          2026-06-30 13:28:55.310 UTC  VI_1: BACKUP -> MASTER, it fell silent
                          2026-06-30 13:28:55.310 UTC  chk_web: DOWN -> UP, answers again
                        """);
    }

    @Test
    void aStormDoesNotMakeAMailThatNobodyCanOpen() {
        var storm = LongStream.rangeClosed(1, 10_000)
                .mapToObj(id -> Mails.record(id, CHECK_IS_DOWN))
                .toList();

        var text = PlainForm.of(letter(new Event.Digest("ops", storm)));

        assertThat(text).contains("  9500 earlier ones are left out here; ha:events has them\n");
        assertThat(text.lines().count()).isBetween(500L, 530L);
    }

    @Test
    void whatOthersWroteStartsNoLineOfItsOwn() {
        var letter = letter(new Event.VerdictChange(
                "chk\r\nBcc: all@example.org",
                Health.UP,
                Health.DOWN,
                "a\nWhen: never\u2028Node: none\u202emoc.elpmaxe"));

        assertThat(letter.subject()).isEqualTo("[lb1] Check chk Bcc: all@example.org - DOWN");
        assertThat(PlainForm.of(letter)).contains("Why:       a When: never Node: none moc.elpmaxe\n");
    }

    @Test
    void aNameThatWouldBeACommandOfItsOwnIsNoArgument() {
        var text = PlainForm.of(letter(new Event.VerdictChange("a; shutdown -f", Health.UP, Health.DOWN, "x")));

        assertThat(text).contains("Look at:\n  check:show\n  check:history\n");
    }

    @Test
    void theMessageIdIsOneOfItsOwnAlsoAfterARestart() {
        var event = Mails.transition(1, "a").event();
        var before = new EventRecord(1, Mails.AT, 1, "lb 1", List.of(), event);
        var after = new EventRecord(1, Mails.AT.plusSeconds(60), 1, "lb 1", List.of(), event);

        assertThat(Letter.about(before, List.of()).id())
                .isEqualTo(Letter.about(before, List.of()).id())
                .endsWith("@lb-1>");
        assertThat(Letter.about(after, List.of()).id())
                .isNotEqualTo(Letter.about(before, List.of()).id());
        assertThat(PlainForm.of(Letter.about(before, List.of()))).contains("Event:     1\n");
    }

    private static String subject(Event event) {
        return letter(event).subject();
    }

    private static Letter letter(Event event) {
        return Letter.about(Mails.record(1, event), List.of());
    }
}
