package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.CheckResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which events caused what a check tells. */
class CausesTest {

    private final Stage stage = new Stage();

    private List<String> story() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < stage.events.size(); i++) {
            lines.add(i + 1 + " " + stage.events.get(i).text() + " " + stage.causes.get(i));
        }
        return lines;
    }

    private void begin() {
        stage.start(new SettingsBuilder());
        stage.second(CheckResult.up("fine"));
        stage.events.clear();
        stage.causes.clear();
    }

    private void command(Runnable what) {
        var done = CompletableFuture.runAsync(what);
        while (!done.isDone()) {
            stage.loop.settle();
            Thread.onSpinWait();
        }
        done.join();
        stage.loop.settle();
    }

    @Test
    void aHoldByHandCausesTheVerdictAndItsEndTheReturn() {
        begin();

        command(() -> stage.commands.force("c", Health.DOWN, null, "a new disk"));
        command(() -> stage.commands.enable("c"));

        assertThat(story())
                .containsExactly(
                        "1 forced DOWN by hand: a new disk []",
                        "2 UP -> DOWN, forced DOWN by hand: a new disk [1]",
                        "3 back to normal, no longer forced DOWN by hand: a new disk []",
                        "4 DOWN -> UP, fine [3]");
        assertThat(stage.toldEvents).endsWith(2L, 4L);
    }

    @Test
    void theEndOfAHoldsTimeCausesTheReturn() {
        begin();

        command(() -> stage.commands.force("c", Health.DOWN, Duration.ofSeconds(10), ""));
        stage.loop.advanceMillis(11_000);

        assertThat(story()).hasSize(4).last().asString().isEqualTo("4 DOWN -> UP, fine [3]");
    }

    @Test
    void aConfigurationCausesTheFirstVerdict() {
        stage.cause = 77;
        stage.start(new SettingsBuilder());
        stage.second(CheckResult.down("broken"));

        assertThat(story()).containsExactly("1 UNKNOWN -> UP, fine [77]", "2 UP -> DOWN, broken []");
    }

    @Test
    void anEditCausesWhatTheCheckSeesOtherwiseFromThenOn() {
        begin();
        stage.cause = 78;
        stage.runner.answer = CheckResult.down("no such page");
        stage.checks.apply("c", new SettingsBuilder().fall(2).build());
        stage.loop.advanceMillis(5_000);
        stage.second(CheckResult.up("fine"));

        assertThat(story()).containsExactly("1 UP -> DOWN, no such page [78]", "2 DOWN -> UP, fine []");
    }

    @Test
    void anotherWeightIsToldWithTheEventOfTheEdit() {
        begin();
        stage.cause = 79;
        stage.checks.apply(
                "c", new SettingsBuilder().weight(new Weight(5, false)).build());
        stage.loop.settle();

        assertThat(story()).isEmpty();
        assertThat(stage.toldEvents).last().isEqualTo(79L);
    }

    @Test
    void aTypeThatWentCausesTheDoubtAndItsReturnTheVerdict() {
        begin();

        stage.checks.remove(stage.type, 80);
        stage.loop.advanceMillis(4_000);
        stage.checks.add(stage.type, 81);
        stage.loop.advanceMillis(1_000);

        assertThat(story())
                .hasSize(2)
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("1 UP -> UNKNOWN, waiting for type")
                                .endsWith(" [80]"),
                        line -> assertThat(line).isEqualTo("2 UNKNOWN -> UP, fine [81]"));
    }

    @Test
    void aRemovalIsTold() {
        begin();
        stage.cause = 82;

        stage.checks.remove("c");
        stage.loop.settle();

        assertThat(stage.told).last().isEqualTo("gone");
        assertThat(stage.toldEvents).last().isEqualTo(82L);
    }
}
