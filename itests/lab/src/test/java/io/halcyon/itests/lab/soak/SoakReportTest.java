package io.halcyon.itests.lab.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.itests.lab.Answers;
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

    @Test
    void aProbeThatTwoHostsAnsweredIsBad() {
        report.answeredTwice(1);

        assertThat(report.good()).isFalse();
        assertThat(report.markdown()).contains("probes answered by two hosts: 1;");
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
        var losses = lost == 0 ? List.<String>of() : List.of("sent after 3.0 ms, never answered");
        return new Incident(trouble, "h1", new Answers.Service(1_000, lost, lost, List.of("h1", "h2"), losses), moves);
    }
}
