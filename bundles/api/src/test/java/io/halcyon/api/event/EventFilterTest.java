package io.halcyon.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EventFilterTest {

    private static final int MANY = 50_000;

    private final SplittableRandom random = new SplittableRandom(4_711);

    /** A regular expression is the measure. */
    @Test
    void aPatternIsWhatARegularExpressionWouldBe() {
        int fitting = 0;
        for (int i = 0; i < MANY; i++) {
            var pattern = text("ab*?.");
            var name = text("ab.\n");
            var expression = Pattern.compile(
                    pattern.chars()
                            .mapToObj(character -> switch (character) {
                                case '*' -> ".*";
                                case '?' -> ".";
                                default -> Pattern.quote(Character.toString(character));
                            })
                            .collect(Collectors.joining()),
                    Pattern.DOTALL);
            boolean fits = expression.matcher(name).matches();
            fitting += fits ? 1 : 0;

            assertThat(wants(List.of(pattern), name))
                    .as("%s for %s", pattern, name)
                    .isEqualTo(fits);
            assertThat(wants(List.of("!" + pattern), name))
                    .as("!%s for %s", pattern, name)
                    .isEqualTo(!fits);
        }
        assertThat(fitting).isBetween(MANY / 20, MANY / 2);
    }

    @Test
    void aQuestionMarkIsACharacterHoweverManyPlacesItTakes() {
        assertThat(wants(List.of("a?b"), "a\ud83d\ude00b")).isTrue();
        assertThat(wants(List.of("a??b"), "a\ud83d\ude00b")).isFalse();
        assertThat(wants(List.of("*?b"), "\ud83d\ude00b")).isTrue();
    }

    @Test
    void oneOfSeveralIsEnoughAndOneExclusionToo() {
        var objects = List.of("chk_*", "web", "!chk_dns");

        assertThat(wants(objects, "chk_web")).isTrue();
        assertThat(wants(objects, "web")).isTrue();
        assertThat(wants(objects, "chk_dns")).isFalse();
        assertThat(wants(objects, "mail")).isFalse();
        assertThat(wants(List.of("!chk_dns"), "mail")).isTrue();
        assertThat(wants(List.of(), "mail")).isTrue();
    }

    private String text(String characters) {
        var text = new StringBuilder();
        for (int length = random.nextInt(7); length > 0; length--) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }

    private static boolean wants(List<String> objects, String name) {
        var record = new EventRecord(1, Instant.EPOCH, 1, "lb1", List.of(), new Event.PluginChange(name, "x"));
        return new EventFilter(Set.of(), Severity.INFO, objects, null).matches(record);
    }
}
