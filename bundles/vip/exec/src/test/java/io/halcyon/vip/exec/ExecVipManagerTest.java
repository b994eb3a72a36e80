package io.halcyon.vip.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.api.vip.AddressStatus;
import io.halcyon.spi.vip.AddressSet;
import io.halcyon.testkit.VipRecorder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A device that is a directory: an address is a file there. What goes wrong with commands, and what becomes of it. */
@Timeout(60)
class ExecVipManagerTest {

    private static final long NO_HURRY = Long.MAX_VALUE;
    private static final int LEASE_SECONDS = 5;
    private static final VirtualAddress VIP = address("10.0.0.50");

    @TempDir
    Path directory;

    private final VipRecorder heard = new VipRecorder();
    private ExecVipManager manager;

    private static VirtualAddress address(String text) {
        try {
            return VirtualAddress.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private AddressSet open(String... more) throws IOException {
        Path device = Scripts.device(directory);
        manager =
                new ExecVipManager("cloud", Scripts.settings(device, more), directory.resolve("run"), System::nanoTime);
        return manager.open("VI_1", "eth0", heard);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private void instead(String kind, String text) throws IOException {
        Path next = Files.writeString(directory.resolve("next"), text);
        Files.move(next, directory.resolve(kind + ".sh"));
    }

    private void asUsual(String kind) throws IOException {
        Files.delete(directory.resolve(kind + ".sh"));
    }

    private boolean isThere() {
        return Files.exists(directory.resolve("at-10.0.0.50"));
    }

    private List<String> log() throws IOException {
        Path log = directory.resolve("log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    private static long soon() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    }

    @Test
    void everyTransitionIsVerified() throws IOException {
        AddressSet set = open("verify.interval", "1000");

        set.hold(List.of(VIP), 0, NO_HURRY);
        heard.awaitInstalled(1);
        set.release(List.of(VIP));
        heard.awaitReleased(1);

        assertThat(log())
                .containsExactly(
                        "verify 10.0.0.50/32 eth0",
                        "claim 10.0.0.50/32 eth0",
                        "verify 10.0.0.50/32 eth0",
                        "release 10.0.0.50/32 eth0",
                        "verify 10.0.0.50/32 eth0");
        assertThat(heard.troubles()).isEmpty();
    }

    @Test
    void aClaimThatFailsIsToldOnceWithItsReasonAndTriedAgain() throws IOException {
        instead("claim", "echo trying; echo 'quota exceeded' >&2; exit 7");
        AddressSet set = open();
        set.hold(List.of(VIP), LEASE_SECONDS, NO_HURRY);
        heard.awaitTrouble(
                "10.0.0.50/32 could not be claimed, trying again: claim: exit status 7, it printed: quota exceeded");
        awaitLines(" claim", 3);

        asUsual("claim");
        heard.awaitInstalled(1);

        assertThat(isThere()).isTrue();
        assertThat(heard.troubles()).hasSize(2).last().isEqualTo("10.0.0.50/32 is there again (well)");
    }

    /** Waits until a kind of command has run so often. */
    private void awaitLines(String kind, int count) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (log().stream().filter(line -> line.startsWith(kind.strip())).count() < count) {
            assertThat(System.nanoTime()).as("time for %d of%s", count, kind).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void aClaimThatSaysYesAndDoesNothingIsFoundOut() throws IOException {
        instead("claim", "exit 0");
        AddressSet set = open("timeout", "0.3");

        set.hold(List.of(VIP), LEASE_SECONDS, NO_HURRY);

        heard.awaitTrouble("claim: exit status 0, but verify says that it is not here");
        assertThat(heard.installed()).isEmpty();
    }

    @Test
    void aClaimThatTakesAMomentToShowIsWaitedForWithoutATrouble() throws IOException {
        instead("claim", "( sleep 0.4; : >\"at-${2%/*}\" ) >/dev/null 2>&1 & exit 0");
        AddressSet set = open();

        set.hold(List.of(VIP), LEASE_SECONDS, NO_HURRY);

        heard.awaitInstalled(1);
        assertThat(heard.troubles()).isEmpty();
    }

    @Test
    void aHungClaimIsEndedAtItsLimit() throws IOException {
        instead("claim", "exec sleep 60");
        AddressSet set = open("timeout", "0.3");

        set.hold(List.of(VIP), LEASE_SECONDS, NO_HURRY);

        heard.awaitTrouble("claim: timed out after ");
    }

    @Test
    void aReleaseEndsAClaimThatHangs() throws IOException {
        instead("claim", ": >\"at-${2%/*}\"; exec sleep 60");
        AddressSet set = open("timeout", "50");
        set.hold(List.of(VIP), LEASE_SECONDS, NO_HURRY);
        awaitLines(" claim", 1);

        set.release(List.of(VIP));

        heard.awaitReleased(1);
        assertThat(isThere()).as("what it had begun is taken back").isFalse();
        assertThat(heard.installed()).isEmpty();
    }

    @Test
    void aReleaseDoesNotWaitForALookThatHangs() throws IOException {
        AddressSet set = open("timeout", "50");
        set.hold(List.of(VIP), LEASE_SECONDS, NO_HURRY);
        heard.awaitInstalled(1);
        instead("verify", ": >hanging; exec sleep 60");
        while (!Files.exists(directory.resolve("hanging"))) {
            Thread.onSpinWait();
        }
        asUsual("verify");

        set.release(List.of(VIP));

        heard.awaitReleased(1);
        assertThat(isThere()).isFalse();
    }

    @Test
    void whoDoesNotKnowWhetherItIsSomebodyElsesDoesNotTouchIt() throws IOException {
        instead("verify", "echo 'cannot reach the API'; exit 3");
        AddressSet set = open();

        set.hold(List.of(VIP), LEASE_SECONDS, NO_HURRY);

        heard.awaitTrouble("verify: exit status 3, it printed: cannot reach the API");
        assertThat(log()).noneMatch(line -> line.startsWith("claim"));
    }

    @Test
    void aReleaseThatFailsIsToldAndTriedAgain() throws IOException {
        instead("release", "exit 9");
        AddressSet set = open();
        set.hold(List.of(VIP), LEASE_SECONDS, NO_HURRY);
        heard.awaitInstalled(1);
        set.release(List.of(VIP));
        heard.awaitTrouble("could not be released, trying again: release: exit status 9");

        asUsual("release");

        heard.awaitReleased(1);
        assertThat(isThere()).isFalse();
    }

    @Test
    void aMissingScriptIsNamed() throws IOException {
        AddressSet set = open("claim", directory + "/none {address}");

        set.hold(List.of(VIP), LEASE_SECONDS, NO_HURRY);

        heard.awaitTrouble("claim: file missing: " + directory + "/none");
    }

    @Test
    @Tag("lab")
    void aScriptThatOthersCanChangeIsNotRunAndTheReasonCuresIt() throws IOException {
        AddressSet set = open();
        Files.setPosixFilePermissions(directory.resolve("device"), PosixFilePermissions.fromString("rwxrwxrwx"));

        set.hold(List.of(VIP), LEASE_SECONDS, NO_HURRY);

        heard.awaitTrouble("cure: chmod go-w " + directory.toRealPath() + "/device");
        assertThat(log()).isEmpty();
    }

    @Test
    void aSecretReachesTheCommandAndNothingElse() throws IOException {
        instead("claim", "echo \"token $HALCYON_SECRET is refused\"; exit 1");
        AddressSet set = open("secret", "sesame");

        set.hold(List.of(VIP), LEASE_SECONDS, NO_HURRY);

        heard.awaitTrouble("it printed: token *** is refused");
        assertThat(manager.addresses())
                .hasToString(manager.addresses().toString().replace("sesame", ""));
    }

    @Test
    void anAddressThatNobodyProvesAnyMoreIsReleasedAndComesBackWithTheProof() throws IOException {
        AddressSet set = open();
        set.hold(List.of(VIP), 1, NO_HURRY);
        heard.awaitInstalled(1);

        heard.awaitLeaseLost("was released: nobody said any more that its router is master");
        assertThat(isThere()).isFalse();
        set.renew(soon());

        heard.awaitInstalled(2);
        assertThat(isThere()).isTrue();
        assertThat(heard.troubles()).last().asString().endsWith("is there again (well)");
    }

    @Test
    void theLastRenewalCoversTheWaitForSomebodyToTakeOver() throws IOException {
        AddressSet set = open();
        set.hold(List.of(VIP), 1, NO_HURRY);
        heard.awaitInstalled(1);

        set.renewToLeave(30, soon());
        heard.awaitRenewals(1);
        // At five looks in a second this is longer than the lease and the grace after it.
        awaitLines(
                " verify",
                (int) log().stream().filter(line -> line.startsWith("verify")).count() + 15);

        assertThat(isThere()).isTrue();
        assertThat(heard.troubles()).isEmpty();
    }

    @Test
    void whatAnotherNodeHasTakenIsNotClaimedBackWhileItWaitsForItsRelease() throws IOException {
        AddressSet set = open();
        set.hold(List.of(VIP), 1, NO_HURRY);
        heard.awaitInstalled(1);
        AddressSet other = manager.open("VI_2", "eth0", heard);
        other.hold(List.of(address("10.0.0.51")), 0, NO_HURRY);
        heard.awaitInstalled(2);

        set.silence(List.of(VIP));
        Files.delete(directory.resolve("at-10.0.0.50"));
        long looks = log().stream().filter(line -> line.startsWith("verify")).count();
        // The other one is looked at five times in a second: longer than the lease and the grace after it.
        awaitLines(" verify", (int) looks + 15);

        assertThat(log().stream().filter(line -> line.startsWith("claim 10.0.0.50/")))
                .hasSize(1);
        assertThat(log()).noneMatch(line -> line.startsWith("release"));
        assertThat(heard.troubles()).isEmpty();
        set.release(List.of(VIP));
        heard.awaitReleased(1);
    }

    @Test
    void whoComesBackBeforeTheReleaseClaimsAgain() throws IOException {
        AddressSet set = open("timeout", "7");
        set.hold(List.of(VIP), 0, NO_HURRY);
        heard.awaitInstalled(1);
        set.silence(List.of(VIP));
        Files.delete(directory.resolve("at-10.0.0.50"));

        set.hold(List.of(VIP), 0, NO_HURRY);

        awaitLines(" claim", 2);
        assertThat(manager.takeoverMillis()).isEqualTo(7_000);
    }

    @Test
    void withoutALeaseAnAddressStaysWhateverIsSaid() throws IOException {
        AddressSet set = open();
        set.hold(List.of(VIP), 0, NO_HURRY);
        heard.awaitInstalled(1);
        awaitLines(" verify", 12);

        assertThat(isThere()).isTrue();
        assertThat(heard.troubles()).isEmpty();
    }

    @Test
    void whatACrashedRunClaimedIsAdoptedAndReleased() throws IOException {
        AddressSet crashed = open();
        crashed.hold(List.of(VIP), LEASE_SECONDS, NO_HURRY);
        heard.awaitInstalled(1);
        manager.close();
        assertThat(isThere()).isTrue();
        Files.delete(directory.resolve("log"));

        AddressSet again = open();
        assertThat(manager.addresses()).extracting(AddressStatus::state).containsExactly("left-over");
        again.hold(List.of(VIP), LEASE_SECONDS, NO_HURRY);
        heard.awaitInstalled(2);
        assertThat(log()).noneMatch(line -> line.startsWith("claim"));
        again.release(List.of(VIP));
        heard.awaitReleased(1);

        assertThat(isThere()).isFalse();
        assertThat(heard.troubles()).isEmpty();
        assertThat(manager.addresses()).isEmpty();
    }

    @Test
    void closingFinishesWhatIsToBeReleased() throws IOException {
        instead("release", "sleep 0.5; rm -f \"at-${2%/*}\"; exit 0");
        AddressSet set = open();
        set.hold(List.of(VIP), LEASE_SECONDS, NO_HURRY);
        heard.awaitInstalled(1);

        set.release(List.of(VIP));
        set.close();
        manager.close();

        assertThat(isThere()).isFalse();
    }

    @Test
    void anAddressThatHangsHoldsUpNoOther() throws IOException {
        instead("claim", "[ $2 != 10.0.0.50/32 ] || exec sleep 60");
        AddressSet set = open("timeout", "1.5");
        VirtualAddress other = address("10.0.0.51");

        set.hold(List.of(VIP, other), LEASE_SECONDS, NO_HURRY);

        heard.awaitTrouble("10.0.0.50/32 could not be claimed");
        heard.awaitInstalled(1);
        assertThat(heard.installed()).containsExactly(List.of(other));
    }

    @Test
    void newSettingsApplyToWhatIsHeldWithoutTouchingIt() throws IOException {
        AddressSet set = open("verify.interval", "1000");
        set.hold(List.of(VIP), 0, NO_HURRY);
        heard.awaitInstalled(1);
        Path other = Scripts.script(directory, "other", "exit 0\n");

        manager.change(Scripts.settings(other, "verify", directory + "/device verify {cidr} {dev}", "timeout", "0.2"));
        set.release(List.of(VIP));

        heard.awaitTrouble("release: exit status 0, but verify says that it is still here");
        assertThat(log()).noneMatch(line -> line.startsWith("release"));
        manager.change(Scripts.settings(directory.resolve("device")));
        heard.awaitReleased(1);
    }

    @Test
    void whateverWasOrderedAndFailedMeanwhileTheLastOrderHolds() throws IOException {
        // By turns for each address: what seems to be left to chance, such as the process id, may fail time after time.
        var everyOther = "if mkdir \"failed-$1-${2%/*}\" 2>&-; then exit 1; else rmdir \"failed-$1-${2%/*}\"; fi";
        instead("claim", everyOther);
        instead("release", everyOther);
        AddressSet first = open();
        AddressSet second = manager.open("VI_2", "eth0", new VipRecorder());
        List<VirtualAddress> all = IntStream.rangeClosed(60, 67)
                .mapToObj(last -> address("10.0.0." + last))
                .toList();
        Random random = new Random(51);
        for (int i = 0; i < 300; i++) {
            AddressSet set = random.nextBoolean() ? first : second;
            List<VirtualAddress> some =
                    all.stream().filter(address -> random.nextInt(3) == 0).toList();
            if (random.nextBoolean()) {
                set.hold(some, 0, NO_HURRY);
            } else {
                set.release(some);
            }
            LockSupport.parkNanos(random.nextInt(10_000_000));
        }

        first.hold(all.subList(0, 3), 0, NO_HURRY);
        second.hold(all.subList(2, 5), 0, NO_HURRY);

        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        List<VirtualAddress> wanted = all.subList(0, 5);
        while (!all.stream().filter(this::isThere).toList().equals(wanted)
                || manager.addresses().stream()
                        .anyMatch(status -> !status.state().equals("present"))) {
            assertThat(System.nanoTime()).as("%s", manager.addresses()).isLessThan(end);
            LockSupport.parkNanos(10_000_000);
        }
        assertThat(manager.addresses()).hasSize(6);
        long closed = System.nanoTime();
        manager.close();
        assertThat(System.nanoTime() - closed)
                .as("nothing is left to release")
                .isLessThan(TimeUnit.SECONDS.toNanos(10));
    }

    @Test
    void whoReleasesIsToldWhenAnotherTakesItOver() throws IOException {
        instead("release", "exit 1");
        AddressSet first = open();
        first.hold(List.of(VIP), 0, NO_HURRY);
        heard.awaitInstalled(1);
        first.release(List.of(VIP));
        heard.awaitTrouble("could not be released");
        VipRecorder other = new VipRecorder();

        manager.open("VI_2", "eth0", other).hold(List.of(VIP), 0, NO_HURRY);

        other.awaitInstalled(1);
        heard.awaitReleased(1);
        assertThat(isThere()).isTrue();
    }

    private boolean isThere(VirtualAddress address) {
        return Files.exists(directory.resolve("at-" + address.address().getHostAddress()));
    }

    @Test
    void itSaysWhatItCannotDo() throws IOException {
        open().close();

        assertThat(manager.kernelLease()).isFalse();
        assertThat(manager.limits()).singleElement().asString().startsWith("vip manager cloud cannot keep");
    }

    @Test
    void whatIsSeenOfAnAddress() throws IOException {
        AddressSet set = open();
        set.hold(List.of(VIP), LEASE_SECONDS, NO_HURRY);
        heard.awaitInstalled(1);

        assertThat(manager.addresses())
                .containsExactly(new AddressStatus("10.0.0.50/32", "eth0", "VI_1", "present", 0, -1, "vip cloud"));
    }
}
