package io.halcyon.console.shell.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a real bash, with a program that stands in for the launcher and answers like the container. */
class BashCompletionTest {

    private static final Path LAUNCHER =
            Path.of(System.getProperty("halcyon.root"), "karaf-assembly/src/main/distribution/bin/halcyon");

    @TempDir
    Path directory;

    private Path program;

    @BeforeEach
    void standInForTheLauncher() throws IOException {
        Files.writeString(
                directory.resolve("completion"),
                BashCompletion.of(
                        "0.0.7",
                        Verb.of(Files.readString(LAUNCHER)),
                        CommandModel.forPersons(Path.of("target/classes"))));
        program = directory.resolve("halcyon");
        answer("printf '%s\\n' VI_1 VI_2 other; printf '%s|' \"$@\" >" + directory.resolve("asked"));
    }

    @Test
    void theFirstWordIsAVerbOrACommand() throws Exception {
        assertThat(complete("halcyon st")).containsExactly("start", "stop", "status");
        assertThat(complete("halcyon")).isEmpty();
        assertThat(complete("halcyon vrrp:s")).containsExactly("show");
        assertThat(complete("halcyon ")).contains("run", "shell", "vrrp:list", "ha:events");
        assertThat(complete("halcyon ha:")).contains("doctor", "events").doesNotContain("complete", "hurry");
    }

    @Test
    void optionsAreKnownWithoutTheContainer() throws Exception {
        Files.delete(program);

        assertThat(complete("halcyon stop --")).containsExactly("--now");
        assertThat(complete("halcyon vrrp:show VI_1 --o")).containsExactly("--output");
        assertThat(complete("halcyon ha:events --"))
                .containsExactlyInAnyOrder("--follow", "--output", "--kind", "--severity", "--object", "--since");
    }

    @Test
    void namesAreAskedOfTheContainer() throws Exception {
        assertThat(complete(program + " vrrp:show VI")).containsExactly("VI_1", "VI_2");
        assertThat(Files.readString(directory.resolve("asked"))).isEqualTo("ha:complete|vrrp:show\nVI|");
        assertThat(complete(program + " vrrp:priority VI_1 ")).contains("other");
        assertThat(Files.readString(directory.resolve("asked"))).isEqualTo("ha:complete|vrrp:priority\nVI_1\n|");
    }

    @Test
    void aNameWithABlankIsOneWord() throws Exception {
        answer("printf '%s\\n' 'web one' 'web two'");

        assertThat(complete(program + " check:show we")).containsExactly("web\\ one", "web\\ two");
    }

    @Test
    void whereNothingAnswersNothingIsOfferedAndNothingIsPrinted() throws Exception {
        answer("echo 'halcyon: not running' >&2; exit 3");
        assertThat(complete(program + " vrrp:show ")).isEmpty();

        Files.delete(program);
        assertThat(complete(program + " vrrp:show ")).isEmpty();
    }

    private void answer(String script) throws IOException {
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    /** What bash would offer, each on a line; anything else that is printed is among it. */
    private List<String> complete(String line) throws Exception {
        var process = new ProcessBuilder(
                        "bash",
                        "--norc",
                        "-c",
                        ". \"$0\"; COMP_LINE=$1; COMP_POINT=${#1}; _halcyon; printf '%s\\n' \"${COMPREPLY[@]}\"",
                        directory.resolve("completion").toString(),
                        line)
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed.lines().filter(text -> !text.isEmpty()).toList();
    }
}
