package io.halcyon.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The JDK's own form is the measure. */
class InstantTextTest {

    private static final int MANY = 50_000;
    private static final int[] GRAINS = {1, 10, 1_000, 10_000, 1_000_000, 100_000_000};

    private final SplittableRandom random = new SplittableRandom(4_711);

    @Test
    void everyMomentIsWrittenAndReadAsTheJdkDoes() {
        for (var moment : moments()) {
            assertThat(written(moment)).isEqualTo(moment.toString());
            assertThat(read(moment.toString())).isEqualTo(moment);
        }
    }

    @Test
    void whateverIsNotQuiteAMomentIsWhatTheJdkSays() {
        var characters = "0123456789-:.TZtz+ ";
        for (var moment : moments().subList(0, 5_000)) {
            var text = new StringBuilder(moment.toString());
            int place = random.nextInt(text.length());
            char other = characters.charAt(random.nextInt(characters.length()));
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(place, other);
                case 1 -> text.insert(place, other);
                default -> text.deleteCharAt(place);
            }
            assertThat(read(text.toString())).as(text.toString()).isEqualTo(parsed(text.toString()));
        }
    }

    @Test
    void datesThatAreNoneAndFormsThatAreRareAreWhatTheJdkSays() {
        for (var text : List.of(
                "",
                "Z",
                "2026-02-29T00:00:00Z",
                "2024-02-29T00:00:00Z",
                "2026-04-31T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-01-00T00:00:00Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T23:60:00Z",
                "2026-01-01T23:59:60Z",
                "2026-01-01T00:00Z",
                "2026-01-01t00:00:00z",
                "2026-01-01T00:00:00.1Z",
                "2026-01-01T00:00:00.Z",
                "2026-01-01T00:00:00.1234567890Z",
                "2026-01-01T00:00:00.123456789012345678Z",
                "2026-01-01T00:00:00+01:00",
                "+10000-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z",
                "\u0662\u0660\u0662\u0666-01-01T00:00:00Z")) {
            assertThat(read(text)).as(text).isEqualTo(parsed(text));
        }
    }

    @Test
    void aPartOfAnArrayIsRead() {
        var text = "\"2026-11-23T17:45:00.123Z\",".toCharArray();

        assertThat(InstantText.parse(text, 1, 24)).isEqualTo(Instant.parse("2026-11-23T17:45:00.123Z"));
    }

    private List<Instant> moments() {
        var moments = new ArrayList<>(List.of(
                Instant.EPOCH,
                Instant.MIN,
                Instant.MAX,
                Instant.parse("0000-01-01T00:00:00Z"),
                Instant.parse("0000-01-01T00:00:00Z").minusNanos(1),
                Instant.parse("9999-12-31T23:59:59.999999999Z"),
                Instant.parse("9999-12-31T23:59:59.999999999Z").plusNanos(1),
                Instant.EPOCH.minusNanos(1)));
        for (int i = 0; i < MANY; i++) {
            long second = i % 10 == 0
                    ? random.nextLong(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond())
                    : random.nextLong(-70_000_000_000L, 260_000_000_000L);
            long grain = GRAINS[random.nextInt(GRAINS.length)];
            moments.add(Instant.ofEpochSecond(second, random.nextInt(1_000_000_000) / grain * grain));
            moments.add(Instant.ofEpochSecond(second));
        }
        return moments;
    }

    private static String written(Instant moment) {
        var buffer = new LineBuffer();
        InstantText.write(moment, buffer);
        return buffer.toString();
    }

    private static @Nullable Instant read(String text) {
        try {
            return InstantText.parse(text.toCharArray(), 0, text.length());
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Instant parsed(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
