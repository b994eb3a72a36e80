package io.halcyon.itests.lab.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.itests.lab.Answers;
import io.halcyon.itests.lab.Claims;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SoakReportTest {

    private final SoakReport report = new SoakReport();

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void aFaultThatNobodyNoticedIsGood(Trouble trouble) {
        report.add(incident(trouble, 0, 2));

        assertThat(report.good()).isTrue();
        assertThat(report.markdown()).doesNotContain("Noticed");
    }

    @ParameterizedTest
    @CsvSource({
        "KILL, true",
        "FREEZE, true",
        "CUT, true",
        "STOP, false",
        "SCRIPT, false",
        "EDIT, false",
        "UPDATE, false"
    })
    void onlyWhatIsNotPlannedMayLoseProbes(Trouble trouble, boolean good) {
        report.add(incident(trouble, 1, 2));

        assertThat(report.good()).isEqualTo(good);
        assertThat(report.markdown().contains("of h1, 1 probes lost (sent after 3.0 ms, never answered)"))
                .isEqualTo(!good);
    }

    @Test
    void aThirdMoveIsFlapping() {
        report.add(incident(Trouble.CUT, 300, 3));

        assertThat(report.good()).isFalse();
        assertThat(report.markdown()).contains("faults after which it flapped: 1.");
    }

    @ParameterizedTest
    @CsvSource({
        "KILL, 4100, true",
        "FREEZE, 4100, true",
        "KILL, 5000, false",
        "CUT, 20, true",
        "STOP, 20, true",
        "SCRIPT, 20, true",
        "UPDATE, 20, true",
        "STOP, 1000, false",
        "EDIT, 10, false"
    })
    void twoHostsMayAnswerForAsLongAsTheFaultExplains(Trouble trouble, double millis, boolean good) {
        report.add(incident(trouble, 0, 2, new Claims.Tally(1_000, 0, 7, millis)));

        assertThat(report.good()).isEqualTo(good);
        assertThat(report.markdown()).contains("| 2 | 7 | %.0f |".formatted(millis));
        assertThat(report.markdown().contains("- Answered by two for longer than it explains: "))
                .isEqualTo(!good);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, true", "0, 1, false", "1, 0, false"})
    void betweenFaultsOneHostAnswers(int unanswered, int byTwo, boolean good) {
        report.undisturbed(new Claims.Tally(50, unanswered, byTwo, 10.0 * byTwo));
        report.undisturbed(new Claims.Tally(50, 0, 0, 0));

        assertThat(report.good()).isEqualTo(good);
        assertThat(report.markdown())
                .contains("two hosts answered %d of 100 ARP requests for the address, and none answered %d."
                        .formatted(byTwo, unanswered));
    }

    @Test
    void aTransitionWithoutACauseIsBad() {
        report.causeless("MASTER -> BACKUP");

        assertThat(report.good()).isFalse();
        assertThat(report.markdown()).contains("- Without a cause: MASTER -> BACKUP\n");
    }

    @Test
    void aFaultThatCouldNotBeDoneIsBad() {
        report.failed("UPDATE of h2: it ended with 1");

        assertThat(report.good()).isFalse();
        assertThat(report.markdown()).contains("- Could not be done: UPDATE of h2: it ended with 1\n");
    }

    private static Incident incident(Trouble trouble, int lost, int moves) {
        return incident(trouble, lost, moves, new Claims.Tally(1_000, 0, 0, 0));
    }

    private static Incident incident(Trouble trouble, int lost, int moves, Claims.Tally claims) {
        var losses = lost == 0 ? List.<String>of() : List.of("sent after 3.0 ms, never answered");
        var service = new Answers.Service(1_000, lost, lost, List.of("h1", "h2"), losses);
        return new Incident(trouble, "h1", service, moves, claims);
    }
}
