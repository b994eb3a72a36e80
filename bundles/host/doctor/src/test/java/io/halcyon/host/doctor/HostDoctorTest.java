package io.halcyon.host.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.doctor.Diagnosis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostDoctorTest {

    @TempDir
    private Path directory;

    private record Failing(Exception trouble) implements Examination {
        @Override
        public String subject() {
            return "thing";
        }

        @Override
        public void look(Situation situation, Sheet sheet) throws IOException {
            if (trouble instanceof IOException impossible) {
                throw impossible;
            }
            throw (RuntimeException) trouble;
        }
    }

    @Test
    void anExaminationThatFailsIsSaidAndStopsNoOther() {
        Patient patient = new Patient(directory);

        assertThat(patient.seenBy(new Failing(new IOException("no permission"))).notExamined())
                .containsExactly("thing: no permission");
        assertThat(patient.seenBy(new Failing(new IllegalStateException("bug"))).notExamined())
                .containsExactly("thing failed: java.lang.IllegalStateException: bug");
    }

    @Test
    void withoutEnginesItSaysWhatItCannotExamineAndIsQuick() {
        long begin = System.nanoTime();

        Diagnosis diagnosis = new HostDoctor(null, null, null, null).examine();

        assertThat(diagnosis.notExamined()).anyMatch(line -> line.contains("there is no virtual router"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void programsThatHangOrFailOrAreMissingAreNamed() {
        HostCommands commands = new HostCommands(10_000);

        assertThat(message(commands, "nosuchprogram")).isEqualTo("nosuchprogram is not installed");
        assertThat(message(commands, "ls", "/nowhere/at/all"))
                .startsWith("ls /nowhere/at/all ended with 2: /usr/bin/ls: cannot access");
        assertThat(message(commands, "head", "-c", "600000", "/dev/zero"))
                .contains("prints 600000 bytes, more than the 524288");
        assertThat(message(new HostCommands(300), "sleep", "20")).endsWith("sleep 20 took too long");
    }

    private static String message(Commands commands, String... words) {
        try {
            return "printed " + commands.run(List.of(words)).length();
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    @Test
    void acceptedTextsAreReadByTheirNames() throws IOException {
        Files.writeString(directory.resolve("io.halcyon.check-chk_http.cfg"), "# kept\nscript = /opt/a\\ b\n");
        Files.writeString(directory.resolve("io.halcyon.cfg"), "router.id = a\n");

        assertThat(ConfiguredObject.all(directory)).singleElement().satisfies(object -> {
            assertThat(object.title()).isEqualTo("check chk_http");
            assertThat(object.file()).isEqualTo("etc/io.halcyon.check-chk_http.cfg");
            assertThat(object.value("script")).contains("/opt/a b");
            assertThat(object.value("user")).isEmpty();
        });
        assertThat(ConfiguredObject.all(directory.resolve("none"))).isEmpty();
    }
}
