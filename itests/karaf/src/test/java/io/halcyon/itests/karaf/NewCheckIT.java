package io.halcyon.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.itests.lab.Await;
import io.halcyon.itests.lab.Directories;
import io.halcyon.itests.lab.Distribution;
import io.halcyon.itests.lab.HalcyonNode;
import io.halcyon.itests.lab.Lab;
import io.halcyon.itests.lab.MailCatcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A stranger follows {@code docs/plugin-guide.md} to the letter: its commands are run as they stand there, on a host without any
 * network. For Maven Central stands what this build has fetched from there.
 */
class NewCheckIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long MOST_BUILD_MINUTES = 4;
    private static final Pattern COMMANDS = Pattern.compile("(?m)^```sh\\n(.*?)^```$", Pattern.DOTALL);

    private static final String CENTRAL = "<id>central</id><url>file://"
            + System.getProperty("halcyon.test.repository")
            + "</url><releases><checksumPolicy>ignore</checksumPolicy></releases>";

    private final Path target = Distribution.root().resolve("itests/karaf/target");
    private final Path home = target.resolve("new-check");

    @Test
    void theGuideYieldsACheckThatRuns() throws Exception {
        var steps = COMMANDS.matcher(Files.readString(Distribution.root().resolve("docs/plugin-guide.md")))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(steps).as("make, build, deploy, look").hasSize(4);
        Directories.recreate(home);
        Files.createDirectories(home.resolve("bin"));
        mavenFromHere();
        var distribution = Distribution.unpacked();
        try (var lab = Lab.create("paxexam-new-check", target.resolve("labs/new-check"), 1);
                var mails = new MailCatcher();
                var node = new HalcyonNode(lab, "h1", distribution)) {
            var instance = node.etc().getParent();
            assertThat(run(steps.get(0), distribution, instance)).contains("check type banner made in");
            var built = run(steps.get(1), distribution, instance);
            assertThat(built)
                    .contains("Tests run: 13, Failures: 0, Errors: 0, Skipped: 0", "BUILD SUCCESS")
                    .doesNotContain("WARNING");
            assertNothingLeftToFill();

            node.start();
            Await.until("it answers", LIMIT, () -> node.command("check:types").exit() == 0);
            assertThat(node.command("check:types").output()).doesNotContain("banner");
            run(steps.get(2), distribution, instance);
            Await.until("the check runs", LIMIT, () -> shown(node).contains("Connection refused"));
            assertThat(node.json("check:list").toString()).contains("\"DOWN\"");
            mails.listen(lab.host("h1"), "127.0.0.1", 25);
            Await.until("the check is up", LIMIT, () -> shown(node).contains("greets as it should"));
            assertThat(steps.get(3)).isEqualTo("bin/halcyon check:types\nbin/halcyon check:show my_banner\n");
            assertThat(node.command("check:types").orThrow()).contains("banner", "connect.port", "greeting");
            assertThat(node.logSinceStart()).doesNotContain(" ERROR ");
            node.stop(LIMIT);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Coffee, 64, of lower-case letters",
        "-x, 64, 'new-check knows --package PACKAGE, not -x'",
        "'', 64, of lower-case letters",
        "tea --package Tea, 64, such as com.example.tea",
        "tea one two, 64, 'a name and a directory, not two besides'",
        "tea /usr, 73, is there already"
    })
    void whatMakesNoSenseIsRefused(String arguments, int exit, String reason) throws Exception {
        var command = new ProcessBuilder("sh", "-c", "bin/halcyon new-check " + arguments)
                .directory(Distribution.unpacked().home().toFile())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("halcyon: ")
                .contains(reason);
        assertThat(command.waitFor()).isEqualTo(exit);
    }

    private static String shown(HalcyonNode node) {
        return node.command("check:show", "my_banner").output();
    }

    /** {@code mvn} as the guide says it: no repository of this build but as Central, and none of it written to. */
    private void mavenFromHere() throws IOException {
        var settings = home.resolve("settings.xml");
        Files.writeString(
                settings,
                """
                <settings>
                  <localRepository>%1$s</localRepository>
                  <profiles>
                    <profile>
                      <id>here</id>
                      <repositories><repository>%2$s</repository></repositories>
                      <pluginRepositories><pluginRepository>%2$s</pluginRepository></pluginRepositories>
                    </profile>
                  </profiles>
                  <activeProfiles><activeProfile>here</activeProfile></activeProfiles>
                </settings>
                """
                        .formatted(home.resolve("m2"), CENTRAL));
        var maven = home.resolve("bin/mvn");
        Files.writeString(maven, "#!/bin/sh\nPATH=${PATH#*:}\nexec mvn -B -ntp -s '%s' \"$@\"\n".formatted(settings));
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String run(String script, Distribution distribution, Path instance) throws Exception {
        var output = home.resolve("output.txt");
        var shell = new ProcessBuilder("sh", "-eu", "-c", script)
                .directory(distribution.home().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        shell.environment()
                .putAll(Map.of(
                        "HOME", home.toString(),
                        "PATH", home.resolve("bin") + ":" + System.getenv("PATH"),
                        "HALCYON_BASE", instance.toString()));
        var process = shell.start();
        if (!process.waitFor(MOST_BUILD_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        var text = Files.readString(output);
        assertThat(process.waitFor()).as(script + text).isZero();
        return text;
    }

    private void assertNothingLeftToFill() throws IOException {
        try (var files = Files.walk(home.resolve("banner"))) {
            for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)
                    .filter(path -> !path.toString().contains("/target/"))::iterator) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain("__", "@project");
            }
        }
        assertThat(List.of(home.resolve("banner").toFile().list())).contains("io.halcyon.check-my_banner.cfg");
    }
}
