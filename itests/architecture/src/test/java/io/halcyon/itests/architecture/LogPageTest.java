package io.halcyon.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What virtual servers log is on docs/log-messages.md, and what its chapter about them says is in the code. The laboratory finds
 * those that it can bring about in a log as well; a full disk or a kernel that refuses is not among them.
 */
class LogPageTest {

    private static final List<Room> ROOMS =
            List.of(new Room("lvs/engine"), new Room("lvs/ipvs"), new Room("lvs/nftables"));

    /** Calls whose words come to the log above DEBUG, up to the end of the statement. */
    private static final Pattern TOLD = Pattern.compile(
            "(?:LOG\\s*\\.(?:info|warn|error)|onTrouble|(?<![.\\w])trouble(?:\\.accept)?|(?<![.\\w])tell|warnings\\.add)"
                    + "\\((.*?);\\n",
            Pattern.DOTALL);

    private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern CHAPTER =
            Pattern.compile("(?m)^## A virtual server\\n(.*?)^## ", Pattern.DOTALL | Pattern.MULTILINE);

    /** A message of ours; names, a transition, or the file in front of its own words. */
    private static final Pattern MESSAGE = Pattern.compile(
            "`(?:lvs=web (?:real=web1 )?(?:\\w+ -> \\w+, )?|nftables: |ipvs: |(?=lvs\\.sync|lvs-loop|lvs nftables|data plane |connections are"
                    + "|virtual servers |what |<pid>))([^`]*)`");

    /** What code puts in while it runs. */
    private static final String PLACE = "\\{}|%s";

    /** What differs from time to time, or from case to case, and where the code may put sentences together. */
    private static final String VARIABLE =
            "<[^>]*>|\\b(?:real\\.server|check)\\.\\w+|\\d+|VI_|[,;:(]|(?<=are )(?:told|learned)|halcyon-lvs(?= )";

    private static final Pattern WORD = Pattern.compile("[A-Za-z.]+");
    private static final int WORDS = 3;

    @Test
    void whateverIsLoggedIsOnThePage() throws IOException {
        String page = chapter().replaceAll("\\s+", " ");

        List<String> told = new ArrayList<>();
        for (String source : sources()) {
            for (MatchResult call : TOLD.matcher(source).results().toList()) {
                told.addAll(phrases(literals(call.group(1)), PLACE));
            }
        }
        assertThat(told).hasSizeGreaterThan(30);
        assertThat(told).allSatisfy(phrase -> assertThat(page).contains(phrase));
    }

    @Test
    void whateverIsOnThePageIsInTheCode() throws IOException {
        String code = sources().stream().map(LogPageTest::literals).collect(Collectors.joining("\n"));

        List<String> promised = new ArrayList<>();
        MESSAGE.matcher(chapter()).results().forEach(message -> promised.addAll(phrases(message.group(1), VARIABLE)));
        assertThat(promised).hasSizeGreaterThan(40);
        assertThat(promised).allSatisfy(phrase -> assertThat(code).contains(phrase));
    }

    private static String chapter() {
        var chapter = CHAPTER.matcher(Room.text(Room.root().resolve("docs/log-messages.md")));
        assertThat(chapter.find()).isTrue();
        return chapter.group(1);
    }

    /** Parts between what varies that are long enough to be somebody's own words. */
    private static List<String> phrases(String text, String variable) {
        return Stream.of(text.split(variable + "|\n", -1))
                .map(String::strip)
                .filter(part -> WORD.matcher(part).results().count() >= WORDS)
                .toList();
    }

    /** All literals, one a line; those that a plus joins are one. */
    private static String literals(String code) {
        return LITERAL.matcher(JOINED.matcher(code).replaceAll(""))
                .results()
                .map(literal -> literal.group(1))
                .collect(Collectors.joining("\n"));
    }

    private static List<String> sources() throws IOException {
        List<String> sources = new ArrayList<>();
        for (Room room : ROOMS) {
            try (Stream<Path> files = Files.walk(room.folder().resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .map(Room::text)
                        .forEach(sources::add);
            }
        }
        return sources;
    }
}
