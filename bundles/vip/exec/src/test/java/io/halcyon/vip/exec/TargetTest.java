package io.halcyon.vip.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.testkit.VipRecorder;
import io.halcyon.vip.exec.Outcome.Answer;
import io.halcyon.vip.exec.Target.Step;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TargetTest {

    private static final long SECOND = 1_000_000_000L;
    private static final VirtualAddress VIP = vip();

    private final Account account = new Account(
            "VI_1",
            "eth0",
            new VipRecorder(),
            new Keeper("t", new Claims(Path.of("/nonexistent/vip-t")), crew(), () -> 0));
    private final Target target = new Target(Place.of(VIP, "eth0"), VIP, false);

    private static VirtualAddress vip() {
        try {
            return VirtualAddress.of(InetAddress.getByName("10.0.0.50"));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static Crew crew() {
        return new Crew("t", Scripts.settings(Path.of("/bin/true")));
    }

    private void hold(long provenUntilNanos) {
        target.holders.add(account);
        account.provenUntilNanos = provenUntilNanos;
        target.refreshProof();
    }

    private void isHere(long nextVerifyNanos) {
        target.presence = Answer.HERE;
        target.ours = true;
        target.lookAgainAt(nextVerifyNanos);
    }

    @Test
    void whatIsHeldIsClaimedWhileItsRouterIsKnownToBeMaster() {
        hold(5 * SECOND);

        assertThat(target.next(SECOND)).isEqualTo(Step.CLAIM);
        assertThat(target.next(6 * SECOND)).isEqualTo(Step.NOTHING);
        assertThat(target.due(6 * SECOND)).as("until somebody says so again").isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anAttemptThatFailsIsRepeatedEachTimeLaterUpToAMinute() {
        hold(Long.MAX_VALUE);
        target.failed(0, SECOND);
        assertThat(target.next(SECOND - 1)).isEqualTo(Step.NOTHING);
        assertThat(target.due(0)).isEqualTo(SECOND);
        target.failed(0, SECOND);
        assertThat(target.due(0)).isEqualTo(2 * SECOND);
        for (int i = 0; i < 100; i++) {
            target.failed(0, SECOND);
        }

        assertThat(target.due(0)).isEqualTo(60 * SECOND);
        target.hurry();
        assertThat(target.next(0)).isEqualTo(Step.CLAIM);
        target.failed(0, SECOND);
        assertThat(target.due(0)).as("a new order begins anew").isEqualTo(SECOND);
    }

    @Test
    void aProcessThatStoodStillHearsTheNewsForASecondBeforeItReleases() {
        hold(5 * SECOND);
        isHere(8 * SECOND);

        assertThat(target.next(100 * SECOND)).isEqualTo(Step.NOTHING);
        assertThat(target.due(100 * SECOND)).isEqualTo(101 * SECOND);
        assertThat(target.next(101 * SECOND)).isEqualTo(Step.RELEASE);
    }

    @Test
    void newsWithinThatSecondKeepIt() {
        hold(5 * SECOND);
        isHere(8 * SECOND);
        assertThat(target.next(100 * SECOND)).isEqualTo(Step.NOTHING);

        hold(105 * SECOND);

        assertThat(target.next(101 * SECOND)).isEqualTo(Step.VERIFY);
        assertThat(target.next(105 * SECOND + 1))
                .as("the next silence begins anew")
                .isEqualTo(Step.NOTHING);
        assertThat(target.next(107 * SECOND)).isEqualTo(Step.RELEASE);
    }

    @Test
    void aReleaseThatFailsIsNotRepeatedAtOnce() {
        hold(5 * SECOND);
        isHere(8 * SECOND);
        assertThat(target.isExpired(10 * SECOND)).isFalse();
        target.failed(11 * SECOND, SECOND);

        assertThat(target.next(11 * SECOND)).isEqualTo(Step.NOTHING);
        assertThat(target.due(11 * SECOND)).isEqualTo(12 * SECOND);
        assertThat(target.next(12 * SECOND)).isEqualTo(Step.RELEASE);
    }

    @Test
    void withoutALeaseNothingExpires() {
        hold(Long.MAX_VALUE);
        isHere(8 * SECOND);

        assertThat(target.next(Long.MAX_VALUE - 1)).isEqualTo(Step.VERIFY);
        assertThat(target.due(0)).isEqualTo(8 * SECOND);
    }

    @Test
    void whatIsNotOursIsLetGoWithoutACommand() {
        target.leaving.put(account, VIP);
        assertThat(target.next(0)).isEqualTo(Step.LET_GO);

        target.ours = true;
        assertThat(target.next(0)).isEqualTo(Step.RELEASE);
        target.presence = Answer.FOREIGN;
        assertThat(target.next(0)).isEqualTo(Step.LET_GO);
    }

    @Test
    void whatNobodyHoldsAnyMoreIsReleasedWhenItsProofIsOver() {
        hold(5 * SECOND);
        isHere(8 * SECOND);
        target.holders.clear();

        assertThat(target.next(4 * SECOND)).isEqualTo(Step.NOTHING);
        assertThat(target.isOver()).isFalse();
        assertThat(target.next(6 * SECOND)).isEqualTo(Step.NOTHING);
        assertThat(target.next(7 * SECOND)).isEqualTo(Step.RELEASE);
    }

    @Test
    void oneAttemptAtATime() {
        hold(5 * SECOND);
        target.job = new Job();

        assertThat(target.next(0)).isEqualTo(Step.NOTHING);
        assertThat(target.due(0)).isEqualTo(Long.MAX_VALUE);
    }
}
