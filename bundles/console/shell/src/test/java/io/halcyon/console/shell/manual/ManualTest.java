package io.halcyon.console.shell.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.console.shell.line.Internal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManualTest {

    private static final Path LAUNCHER =
            Path.of(System.getProperty("halcyon.root"), "karaf-assembly/src/main/distribution/bin/halcyon");
    private static final Path CLASSES = Path.of("target/classes");

    @TempDir
    Path target;

    @Test
    void everyCommandWithItsWordsIsInTheManual() throws IOException {
        String page = generated("man/man1/halcyon.1");
        List<CommandModel> commands = CommandModel.forPersons(CLASSES);

        assertThat(commands).hasSizeGreaterThan(14);
        for (CommandModel command : commands) {
            assertThat(page).contains(".B " + ManualPage.roff(command.name()), ManualPage.roff(command.description()));
            command.options().forEach(option -> option.names()
                    .forEach(name ->
                            assertThat(page).as("%s %s", command.name(), name).contains(ManualPage.roff(name))));
            command.arguments().forEach(argument -> assertThat(page).contains(ManualPage.roff(argument.description())));
        }
    }

    @Test
    void whatIsForProgramsOnlyIsNotShown() throws IOException {
        String page = generated("man/man1/halcyon.1");
        String completion = generated("bash-completion/completions/halcyon");

        assertThat(CommandModel.of(CLASSES)).extracting(CommandModel::name).containsAll(Internal.COMMANDS);
        assertThat(Internal.COMMANDS).isNotEmpty().allSatisfy(name -> {
            assertThat(page).doesNotContain(ManualPage.roff(name));
            assertThat(completion.lines().filter(line -> line.contains("fixed=")))
                    .noneMatch(line -> line.contains(name));
        });
    }

    @Test
    void anOptionSaysWhatItWants() throws IOException {
        assertThat(generated("man/man1/halcyon.1"))
                .contains(
                        "check:disable NAME [\\-\\-for DURATION] [\\-\\-reason TEXT] [\\-o FORM]",
                        "check:history NAME [\\-n N] [\\-o FORM]");
    }

    @Test
    void everyVerbOfTheLauncherIsInTheManual() throws IOException {
        List<Verb> verbs = Verb.of(Files.readString(LAUNCHER));

        assertThat(verbs)
                .extracting(Verb::name)
                .containsExactly(
                        "run",
                        "start",
                        "stop",
                        "restart",
                        "status",
                        "archive",
                        "install-service",
                        "new-check",
                        "shell");
        assertThat(verbs.get(2).options()).containsExactly("--now");
        assertThat(verbs.get(6).options()).containsExactly("--user", "--to", "--share", "--rules");
        assertThat(verbs.get(7).synopsis()).isEqualTo("new-check NAME [DIRECTORY] [--package PACKAGE]");
        assertThat(verbs).allSatisfy(verb -> assertThat(verb.description()).isNotBlank());
        assertThat(generated("man/man1/halcyon.1")).contains(".B stop [\\-\\-now]", "planned stop, waits for the end");
    }

    /** The launcher's own branches: a verb that usage does not tell would be in no manual. */
    @Test
    void theLaunchersUsageTellsEveryVerb() throws IOException {
        String launcher = Files.readString(LAUNCHER);
        String branches = launcher.substring(launcher.lastIndexOf("case ${1:-} in"));
        Set<String> known = Pattern.compile("(?m)^    ([a-z| -]+)\\)")
                .matcher(branches)
                .results()
                .flatMap(branch -> Pattern.compile(" \\| ").splitAsStream(branch.group(1)))
                .filter(verb -> verb.matches("[a-z][a-z-]*"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> told = new TreeSet<>(Set.of("supervise"));
        Verb.of(launcher).forEach(verb -> told.add(verb.name()));

        assertThat(known).isEqualTo(told);
    }

    /** Requests that man(7) has, escapes that groff knows, and nothing that a reader would see raw. */
    @Test
    void theManualIsCorrectRoff() throws IOException {
        Pattern request = Pattern.compile("\\.(TH|SH|PP|TP|B|BR|I|IR|RS|RE|br)( .*)?");
        Pattern escapes = Pattern.compile("\\\\(-|e|&|\\(aq|\\(dq)");

        for (String line : generated("man/man1/halcyon.1").lines().toList()) {
            assertThat(line).isNotBlank().doesNotStartWith("'").doesNotContain("\t");
            if (line.startsWith(".")) {
                assertThat(line).matches(request);
            }
            assertThat(escapes.matcher(line).replaceAll("")).doesNotContain("\\");
            assertThat(line.chars()).allMatch(character -> character < 127);
        }
    }

    @Test
    void bothFilesAreTheSameEachTime() throws IOException {
        String page = generated("man/man1/halcyon.1");
        String completion = generated("bash-completion/completions/halcyon");

        assertThat(generated("man/man1/halcyon.1")).isEqualTo(page);
        assertThat(generated("bash-completion/completions/halcyon")).isEqualTo(completion);
    }

    @Test
    void theTableOfTheReadmeHasEveryCommand() throws IOException {
        Set<String> documented = new TreeSet<>();
        Files.readString(Path.of("README.md"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .forEach(row -> Pattern.compile("`(\\w+:\\w+)")
                        .matcher(row.substring(0, row.indexOf('|', 1)))
                        .results()
                        .forEach(found -> documented.add(found.group(1))));
        Set<String> commands = CommandModel.forPersons(CLASSES).stream()
                .map(CommandModel::name)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(commands);
    }

    private String generated(String file) throws IOException {
        Manual.main(new String[] {CLASSES.toString(), LAUNCHER.toString(), "0.0.7", target.toString()});
        return Files.readString(target.resolve(file));
    }
}
