package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswersTest {

    private static final long MILLISECOND = 1_000_000;
    private static final String ADDRESS = "10.0.0.1";

    private final Answers answers = new Answers();
    private final long start = Times.now() - 10_000 * MILLISECOND;

    @Test
    void whatNobodyAnsweredIsLost() {
        answered(sentAt(0), 1);
        sentAt(1);
        answered(sentAt(2), 1);

        var service = answers.between(start, start + 5 * MILLISECOND);

        assertThat(service.sent()).isEqualTo(3);
        assertThat(service.lost()).isEqualTo(1);
        assertThat(service.outageMillis()).isEqualTo(2.0);
        assertThat(service.losses()).containsExactly("sent after 1.0 ms, never answered");
    }

    @Test
    void whatIsAnsweredTooLateIsLost() {
        answered(sentAt(0), 700);
        answered(sentAt(1), 1);

        assertThat(answers.between(start, start + 5 * MILLISECOND).losses())
                .containsExactly("sent after 0.0 ms, answered 700.0 ms later by h1");
    }

    @Test
    void aMachineThatStoodStillLosesNothing() {
        answered(sentAt(0), 700);
        answered(sentAt(680), 1);

        assertThat(answers.between(start, start + 1000 * MILLISECOND).lost()).isZero();
    }

    @Test
    void aMachineThatStoodStillExcusesNoSilence() {
        sentAt(0);
        answered(sentAt(680), 1);

        assertThat(answers.between(start, start + 1000 * MILLISECOND).lost()).isEqualTo(1);
    }

    /** Sends a probe at that time and returns its number. */
    private int sentAt(long millis) {
        return answers.sent(start + millis * MILLISECOND);
    }

    private void answered(int probe, long afterMillis) {
        long sent = answers.sentAt(probe);
        answers.answered(new Frame.ProbeReply(sent + afterMillis * MILLISECOND, "h1", ADDRESS, probe));
    }
}
