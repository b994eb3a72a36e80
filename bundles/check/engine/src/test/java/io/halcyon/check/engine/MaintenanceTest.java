package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.check.CheckHold;
import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.Severity;
import io.halcyon.spi.check.CheckResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaintenanceTest {

    @TempDir
    Path overrides;

    private Stage stage = new Stage(null, 0);

    @Test
    void aForcedVerdictStandsWhateverIsSeenAndWhatWasSeenCountsAfterwards() {
        stage = begin(0);
        force(Health.UP, null, "a new disk");
        stage.second(CheckResult.down("broken"));
        stage.second(CheckResult.down("broken"));

        assertThat(status().verdict().health()).isEqualTo(Health.UP);
        assertThat(status().verdict().reason()).isEqualTo("forced UP by hand: a new disk");
        assertThat(status().lastHealth()).isEqualTo(Health.DOWN);
        assertThat(status().warnings()).containsExactly("forced UP by hand: a new disk");
        assertThat(status().hold()).extracting(CheckHold::kind).isEqualTo(CheckHold.Kind.FORCED);
        enable();
        assertThat(stage.told).containsExactly("UP fine", "UP forced UP by hand: a new disk", "DOWN broken");
        assertThat(stage.eventTexts())
                .containsExactly(
                        "UNKNOWN -> UP, fine",
                        "forced UP by hand: a new disk",
                        "back to normal, no longer forced UP by hand: a new disk",
                        "UP -> DOWN, broken");
        assertThat(status().hold()).isNull();
        assertThat(status().warnings()).isEmpty();
        assertThat(overrides).isEmptyDirectory();
    }

    @Test
    void aForcedDownIsAnEventOfBothKinds() {
        stage = begin(0);
        force(Health.DOWN, null, "");

        assertThat(stage.events).endsWith(new Event.VerdictChange("c", Health.UP, Health.DOWN, "forced DOWN by hand"));
        assertThat(stage.events.get(1)).isInstanceOf(Event.Maintenance.class);
        assertThat(stage.commands.history("c", 1)).singleElement().satisfies(entry -> {
            assertThat(entry.result()).isNull();
            assertThat(entry.verdict()).isEqualTo(Health.DOWN);
        });
    }

    @Test
    void aDisabledCheckDoesNotLookAndKeepsItsVerdict() {
        stage = begin(0);
        stage.second(CheckResult.up("fine").withWeight(7));
        int runs = stage.runner.runs();
        disable(null, "");
        stage.second(CheckResult.down("broken"));
        stage.loop.advanceMillis(60_000);

        assertThat(stage.runner.runs()).isEqualTo(runs);
        assertThat(status().verdict().health()).isEqualTo(Health.UP);
        assertThat(status().verdict().dynamicWeight()).isEqualTo(7);
        assertThat(status().state()).isEqualTo("disabled");
        assertThat(status().nextAt()).isNull();
        assertThat(status().counters()).containsEntry("skipped", 0L);
        enable();
        assertThat(stage.runner.runs()).as("it looks at once").isEqualTo(runs + 1);
        assertThat(status().verdict().health()).isEqualTo(Health.DOWN);
        assertThat(status().counters()).containsEntry("skipped", 0L);
    }

    @Test
    void aDisabledCheckRunsOnDemandAndAnEditDoesNotWakeIt() {
        stage = begin(0);
        disable(null, "");
        int runs = stage.runner.runs();
        stage.runner.answer = CheckResult.down("broken");
        stage.checks.apply("c", new SettingsBuilder().rise(2).build());
        stage.loop.advanceMillis(5_000);
        assertThat(stage.runner.runs()).isEqualTo(runs);
        Objects.requireNonNull(stage.checks.find("c")).runNow(() -> {});
        stage.loop.settle();

        assertThat(status().lastReason()).isEqualTo("broken");
        assertThat(status().verdict().reason()).isEqualTo("disabled by hand");
        assertThat(status().verdict().health()).isEqualTo(Health.UP);
    }

    @Test
    void aHoldEndsByItselfAndSaysSo() {
        stage = begin(0);
        stage.runner.answer = CheckResult.down("broken");
        force(Health.UP, Duration.ofMinutes(10), "a new disk");
        stage.loop.advanceMillis(599_999);
        assertThat(status().verdict().health()).isEqualTo(Health.UP);
        stage.loop.advanceMillis(1);

        assertThat(status().verdict().reason()).isEqualTo("broken");
        assertThat(stage.eventTexts())
                .contains("back to normal, its time is over:"
                        + " forced UP by hand until 2026-11-28T01:10:00Z: a new disk");
        assertThat(overrides).isEmptyDirectory();
        int events = stage.events.size();
        stage.loop.advanceMillis(3_600_000);
        assertThat(stage.events).hasSize(events);
    }

    @Test
    void aHoldThatReplacesAnotherHasItsOwnTime() {
        stage = begin(0);
        force(Health.UP, Duration.ofMinutes(10), "first");
        force(Health.DOWN, Duration.ofMinutes(30), "second");
        stage.loop.advanceMillis(15 * 60_000);
        assertThat(status().verdict().health()).isEqualTo(Health.DOWN);
        stage.loop.advanceMillis(15 * 60_000);

        assertThat(status().verdict().reason()).isEqualTo("fine");
    }

    @Test
    void aRestartKeepsAHoldWithoutAWordAndWithoutAGap() {
        stage = begin(0);
        disable(Duration.ofMinutes(10), "C:\\new disk = slow \u00fc: #1");
        stage.loop.advanceMillis(60_000);
        var before = status();
        stage = begin(61);

        assertThat(stage.told).containsExactly("UP " + before.verdict().reason());
        assertThat(stage.runner.runs()).isZero();
        assertThat(status().hold()).isEqualTo(before.hold());
        assertThat(status().verdict().reason()).contains("C:\\new disk = slow \u00fc: #1");
        stage.loop.advanceMillis(539_000);
        assertThat(status().hold()).isNull();
        assertThat(stage.runner.runs()).isEqualTo(1);
    }

    @Test
    void aHoldThatEndedWhileTheContainerWasDownIsToldAndForgotten() {
        stage = begin(0);
        force(Health.DOWN, Duration.ofMinutes(10), "a new disk");
        stage = begin(3_600);

        assertThat(stage.told).containsExactly("UP fine");
        assertThat(stage.eventTexts().get(0)).startsWith("back to normal, its time ended meanwhile: forced DOWN");
        assertThat(overrides).isEmptyDirectory();
    }

    @Test
    void whatIsForcedAfterItWasDisabledLooksAgain() {
        stage = begin(0);
        disable(null, "");
        force(Health.UP, null, "");

        stage.second(CheckResult.down("broken"));

        assertThat(status().lastHealth()).isEqualTo(Health.DOWN);
    }

    @Test
    void aHoldGoesWithItsCheck() {
        stage = begin(0);
        force(Health.DOWN, null, "");
        stage.checks.remove("c");
        stage.loop.settle();

        assertThat(overrides).isEmptyDirectory();
        assertThat(stage.events)
                .as("or notifiers would keep quiet about the next one of that name")
                .contains(new Event.Maintenance(
                        "c", "the check is gone, no longer forced DOWN by hand", false, Severity.INFO));
        stage.start(new SettingsBuilder());
        stage.loop.advanceMillis(1_000);
        assertThat(stage.told).last().isEqualTo("UP fine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "kind = forced\n",
                "kind = forced\nhealth = GREEN\nsince = 2026-11-28T01:00:00Z\n",
                "kind = forced\nhealth = UP\nsince = yesterday\n",
                "kind = forced\nhealth = DOWN\nsince = 2026-11-28T01:00:00Z\nweight = many\n",
                "kind = \\u00zz\n",
                "\0\0\0\0",
            })
    void aDamagedFileIsLeftOut(String text) throws IOException {
        Files.writeString(overrides.resolve("check-c.cfg"), text);
        stage = begin(0);

        assertThat(stage.told).containsExactly("UP fine");
        force(Health.DOWN, null, "again");
        assertThat(begin(1).told).containsExactly("DOWN forced DOWN by hand: again");
    }

    @Test
    void bytesThatAreNoTextAreLeftOutAndSoIsADirectory() throws IOException {
        Files.write(overrides.resolve("check-c.cfg"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        Files.createDirectory(overrides.resolve("check-d.cfg"));
        stage = begin(0);

        assertThat(stage.told).containsExactly("UP fine");
    }

    @Test
    void whatCannotBeKeptHoldsUntilTheNextStartAndSaysSo() throws IOException {
        Path file = Files.writeString(overrides.resolve("file"), "");
        stage = new Stage(file.resolve("overrides"), 0);
        stage.start(new SettingsBuilder());

        assertThatThrownBy(() -> force(Health.DOWN, null, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("it is forced DOWN by hand, but only until the next start: ");
        stage.loop.settle();
        assertThat(status().verdict().health()).isEqualTo(Health.DOWN);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        stage = begin(0);

        assertThatThrownBy(() -> force(Health.DEGRADED, null, "")).hasMessageContaining("allowed is UP or DOWN");
        assertThatThrownBy(() -> force(Health.UP, Duration.ZERO, "")).hasMessageContaining("allowed is 1s to 366d");
        assertThatThrownBy(() -> disable(Duration.ofDays(367), "")).hasMessageContaining("allowed is 1s to 366d");
        assertThatThrownBy(() -> stage.commands.enable("nosuch")).hasMessage("there is no check nosuch; there is c");
        assertThat(status().hold()).isNull();
        assertThat(overrides).isEmptyDirectory();
    }

    @Test
    void aReasonIsOneLineWhateverWasTyped() {
        stage = begin(0);
        force(Health.UP, null, " one\nkind = disabled\r\u0007 " + "x".repeat(500));

        assertThat(Objects.requireNonNull(status().hold()).reason())
                .startsWith("one kind = disabled xxx")
                .hasSize(200);
        stage = begin(1);
        assertThat(Objects.requireNonNull(status().hold()).kind()).isEqualTo(CheckHold.Kind.FORCED);
    }

    @Test
    void whatNobodyKnowsYetStaysUnknownWhileDisabled() {
        stage = new Stage(overrides, 0);
        stage.checks.apply("c", new SettingsBuilder().unknownIsDown().build());
        stage.loop.settle();
        disable(null, "");
        stage.checks.add(stage.type, 0);
        stage.loop.advanceMillis(5_000);

        assertThat(stage.told).containsExactly("UNKNOWN disabled by hand");
        enable();
        assertThat(stage.told).last().isEqualTo("UP fine");
        assertThat(stage.told).noneMatch(told -> told.startsWith("DOWN"));
    }

    private Stage begin(long sinceStartSeconds) {
        return new Stage(overrides, sinceStartSeconds).start(new SettingsBuilder());
    }

    private void force(Health health, @Nullable Duration lasting, String reason) {
        whileTheLoopRuns(() -> stage.commands.force("c", health, lasting, reason));
    }

    private void disable(@Nullable Duration lasting, String reason) {
        whileTheLoopRuns(() -> stage.commands.disable("c", lasting, reason));
    }

    private void enable() {
        whileTheLoopRuns(() -> stage.commands.enable("c"));
    }

    /** A command waits for the loop, which is the test's own thread here. */
    private void whileTheLoopRuns(Runnable command) {
        var done = CompletableFuture.runAsync(command);
        while (!done.isDone()) {
            stage.loop.settle();
            Thread.onSpinWait();
        }
        stage.loop.settle();
        try {
            done.join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    private CheckStatus status() {
        return stage.status();
    }
}
