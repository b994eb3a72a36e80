package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.CheckResult;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlapDampingTest {

    private static final String WORDS = "flapping: 3 changes within 10 s, held DOWN until it is steady for 5 s";

    /** One verdict each second: U up, G degraded, D down, ? unknown; three changes within 10 s, held for 5 s. */
    @ParameterizedTest(name = "{0} is told as {1}")
    @CsvSource({
        // Steady, or changed too seldom.
        "UUUUUUUU,           UUUUUUUU",
        "UDU,                UDU",
        "UDUUUUUUUUUUDUUUUU, UDUUUUUUUUUUDUUUUU",
        // The third change, for the worse: held until steady for five seconds.
        "UDUDUUUUUUU,        UDUDDDDDDUU",
        "UDUDDDDDDDDUU,      UDUDDDDDDDDUU",
        // Flapping on keeps it held.
        "UDUDUDUDUDUUUUUU,   UDUDDDDDDDDDDDDU",
        // The third change is for the better: the next for the worse is held.
        "DUDUUDUUUUUU,       DUDUUDDDDDDU",
        // Only as bad as it was.
        "UGUGUUUUUU,         UGUGGGGGGU",
        // Something worse is told at once, and something worse only.
        "UGUGGDGGGGGGGG,     UGUGGDDDDDDGGG",
        // What nobody knows is no change.
        "U?U?U?U?U,          U?U?U?U?U",
        "UDUD??UUUUUUU,      UDUDDDDDDDDUU",
        // Counting starts anew after a hold.
        "UDUDUUUUUUDUDU,     UDUDDDDDDUDUDD",
    })
    void whatChangesTooOftenIsHeldAtTheWorseSide(String counted, String told) {
        var damping = new FlapDamping(new FlapDamping.Limits(3, 10_000, 5_000));
        var at = new long[] {Long.MAX_VALUE - 3_000};

        assertThat(counted.chars()
                        .mapToObj(c -> {
                            at[0] += 1_000;
                            return letter(damping.next(new Standing(health(c), "seen"), at[0])
                                    .health());
                        })
                        .collect(Collectors.joining()))
                .isEqualTo(told);
    }

    @Test
    void aHoldIsVisibleAndOneEventAndLooksMoreOften() {
        var stage = new Stage();
        stage.start(new SettingsBuilder().flapping(3, 10, 5).intervals(0, 0, 500));
        stage.second(CheckResult.down("broken"));
        stage.second(CheckResult.up("fine"));
        stage.second(CheckResult.down("broken"));
        assertThat(stage.status().verdict().reason()).isEqualTo(WORDS);
        assertThat(stage.status().lastReason()).isEqualTo("broken");
        assertThat(stage.status().intervalMillis()).isEqualTo(500);
        stage.runner.answer = CheckResult.up("fine");
        stage.loop.advanceMillis(5_000);
        assertThat(stage.status().verdict().health()).isEqualTo(Health.DOWN);
        stage.loop.advanceMillis(1_000);

        assertThat(stage.told).containsExactly("UP fine", "DOWN broken", "UP fine", "DOWN " + WORDS, "UP fine");
        assertThat(stage.eventTexts()).contains("UP -> DOWN, " + WORDS).hasSize(5);
        assertThat(stage.status().intervalMillis()).isEqualTo(1_000);
    }

    @Test
    void otherLimitsEndAHold() {
        var stage = new Stage();
        stage.start(new SettingsBuilder().flapping(1, 10, 3_600));
        stage.second(CheckResult.down("broken"));
        stage.second(CheckResult.up("fine"));
        assertThat(stage.status().verdict().health()).isEqualTo(Health.DOWN);
        stage.checks.apply("c", new SettingsBuilder().build());
        stage.loop.settle();

        assertThat(stage.status().verdict().health()).isEqualTo(Health.UP);
        assertThat(stage.status().verdict().reason()).isEqualTo("fine");
    }

    private static Health health(int letter) {
        return switch (letter) {
            case 'U' -> Health.UP;
            case 'G' -> Health.DEGRADED;
            case 'D' -> Health.DOWN;
            default -> Health.UNKNOWN;
        };
    }

    private static String letter(Health health) {
        return switch (health) {
            case UP -> "U";
            case DEGRADED -> "G";
            case DOWN -> "D";
            case UNKNOWN -> "?";
        };
    }
}
