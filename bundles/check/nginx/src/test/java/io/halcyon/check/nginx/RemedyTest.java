package io.halcyon.check.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.linux.process.ExternalCommand;
import io.halcyon.spi.check.CheckResult;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RemedyTest {

    private static final String GONE = "process: gone";

    @Test
    void theVerdictHoldsWhileTheCommandRunsAndWhileNginxMayComeUp() {
        var remedy = remedy("sleep 0.3", 60_000, 1, 300_000);
        var first = remedy.whenGone(GONE);
        assertThat(first.hold()).isTrue();
        assertThat(first.reason()).isEqualTo("process: gone; restart 1 of 1 is under way");

        var waiting = awaitReason(remedy, "was made");
        assertThat(waiting.hold()).isTrue();
        assertThat(waiting.reason())
                .isEqualTo("process: gone; restart 1 of 1 was made, waiting for nginx: exit status 0");
        assertThat(remedy.whenFailing(CheckResult.down("http: refused")).hold()).isTrue();
    }

    @Test
    void afterTheLastAttemptItIsDownAndTellsWhatWasTried() {
        var remedy = remedy("sh -c 'echo no such directive; exit 1'", 50, 2, 300_000);
        var down = awaitDown(remedy);

        assertThat(down.reason())
                .isEqualTo("process: gone; restart.command was tried 2 times within 300 s, at last: exit status 1, it"
                        + " printed: no such directive");
    }

    @Test
    void anAttemptThatFallsOutOfTheWindowMayBeMadeAgain() {
        var remedy = remedy("true", 10, 1, 500);
        awaitDown(remedy);

        assertThat(awaitReason(remedy, "restart 1 of 1").hold()).isTrue();
    }

    @Test
    void whatFailsAfterTheWaitIsNotHeld() {
        var remedy = remedy("true", 10, 1, 300_000);
        awaitDown(remedy);

        var failure = CheckResult.down("http: refused");
        assertThat(remedy.whenFailing(failure)).isSameAs(failure);
    }

    @Test
    void onceItWorksANewFailureIsNotTakenForTheStart() {
        var remedy = remedy("true", 60_000, 2, 300_000);
        remedy.whenGone(GONE);
        awaitReason(remedy, "was made");
        remedy.whenWell();

        assertThat(remedy.whenFailing(CheckResult.down("http: refused")).hold()).isFalse();
    }

    @Test
    void aCommandThatMustNotRunIsTold() {
        var remedy = remedy("/no/such/command", 10, 1, 300_000);

        assertThat(awaitDown(remedy).reason()).endsWith("at last: file missing: /no/such/command");
    }

    private static Remedy remedy(String command, long waitMillis, int most, long windowMillis) {
        return new Remedy(
                "web",
                ExternalCommand.of(command, ""),
                new Remedy.Limits(
                        TimeUnit.MILLISECONDS.toNanos(waitMillis), most, TimeUnit.MILLISECONDS.toNanos(windowMillis)));
    }

    private static CheckResult awaitDown(Remedy remedy) {
        while (true) {
            var result = remedy.whenGone(GONE);
            if (result.health() == Health.DOWN) {
                return result;
            }
            Thread.onSpinWait();
        }
    }

    private static CheckResult awaitReason(Remedy remedy, String part) {
        while (true) {
            var result = remedy.whenGone(GONE);
            if (result.reason().contains(part)) {
                return result;
            }
            Thread.onSpinWait();
        }
    }
}
