package io.halcyon.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ExternalCommandTest {

    @TempDir
    Path directory;

    @Test
    void tellsExitStatusAndOutputOfBothStreams() throws Exception {
        var outcome = run("echo one; echo two >&2; exit 3", 5_000);

        assertThat(outcome.exit()).isEqualTo(3);
        assertThat(outcome.succeeded()).isFalse();
        assertThat(outcome.output()).isEqualTo("one\ntwo\n");
        assertThat(outcome.lastLine()).isEqualTo("two");
        assertThat(outcome.ending()).isEqualTo("exit status 3");
    }

    @Test
    void tellsTheSignalThatEndedIt() throws Exception {
        var outcome = run("kill -SEGV $$", 5_000);

        assertThat(outcome.signal()).isEqualTo(11);
        assertThat(outcome.exit()).isEqualTo(-1);
        assertThat(outcome.ending()).isEqualTo("signal 11 (SEGV)");
    }

    @Test
    void passesArgumentsAsTheyAre() throws Exception {
        var script = script("printf '<%s>' \"$@\"");
        var outcome = ExternalCommand.of(script + " 'a  b' $HOME ';'", "").run(5_000);

        assertThat(outcome.output()).isEqualTo("<a  b><$HOME><;>");
    }

    @Test
    void aVariableIsInTheEnvironmentOfThisCommandOnly() throws Exception {
        var plain = ExternalCommand.of(script("echo \"<$TOKEN> $USER\"").toString(), "");

        assertThat(plain.with("TOKEN", "a b").run(5_000).output()).startsWith("<a b> ");
        assertThat(plain.run(5_000).output()).startsWith("<> ");
    }

    @Test
    void moreArgumentsComeBehindItsOwn() throws Exception {
        var plain = ExternalCommand.of(script("printf '<%s>' \"$@\"") + " 'a  b'", "");

        assertThat(plain.plus(List.of("c d", "", "$x")).run(5_000).output()).isEqualTo("<a  b><c d><><$x>");
        assertThat(plain.run(5_000).output()).isEqualTo("<a  b>");
    }

    @Test
    void findsWhatItMayReadOnItsStandardInput() throws Exception {
        var text = "first é\n" + "x".repeat(300_000) + "\nlast";
        var reader = ExternalCommand.of(
                script("read one; echo \"<$one>\"; wc -c; head -c 5 /dev/stdin").toString(), "");

        assertThat(reader.reading(text.getBytes(StandardCharsets.UTF_8))
                        .run(5_000)
                        .output())
                .isEqualTo("<first é>\n300005\nfirst");
        assertThat(reader.run(5_000).output()).isEqualTo("<>\n0\n");
    }

    @Test
    void whoDoesNotReadItsInputEndsWellAndGetsItAgain() throws Exception {
        var deaf = ExternalCommand.of("true", "").reading(new byte[1_000_000]);

        assertThat(deaf.run(5_000).succeeded()).isTrue();
        assertThat(deaf.run(5_000).succeeded()).isTrue();
    }

    @Test
    @Tag("lab")
    void anotherUserReadsItsInputToo() throws Exception {
        var reader = ExternalCommand.of("cat /dev/stdin", "nobody").reading("hello".getBytes(StandardCharsets.UTF_8));

        assertThat(reader.run(5_000).output()).isEqualTo("hello");
    }

    @Test
    void leadsItsOwnSessionWithDefaultSignalsAndNoFilesOfOurs() throws Exception {
        try (var open = Files.newInputStream(script("true"))) {
            assertThat(open).isNotNull();
            var outcome = run(
                    "cut -d' ' -f1,5,6 /proc/$$/stat; ls /proc/$$/fd; grep -E 'Sig(Ign|Blk)' /proc/self/status; pwd",
                    5_000);

            var lines = outcome.output().lines().toList();
            var ids = lines.get(0).split(" ", 3);
            assertThat(ids[1]).isEqualTo(ids[0]);
            assertThat(ids[2]).isEqualTo(ids[0]);
            // 10 is where the shell keeps its script.
            assertThat(lines.subList(1, lines.size() - 3)).containsExactlyInAnyOrder("0", "1", "2", "10");
            assertThat(lines).contains("SigBlk:\t0000000000000000").endsWith("/");
            // 32 and 33 belong to the C library.
            assertThat(lines).contains("SigIgn:\t0000000180000000");
        }
    }

    @Test
    void keepsTheEndOfAHugeOutput() throws Exception {
        var outcome = run("head -c 10000000 /dev/zero | tr '\\0' x; echo; echo last", 20_000);

        assertThat(outcome.output()).hasSize(OutputTail.LIMIT_BYTES).endsWith("xxx\nlast\n");
        assertThat(outcome.exit()).isZero();
    }

    @Test
    void anEndlessOutputDoesNotOutliveTheLimit() throws Exception {
        var outcome = ExternalCommand.of("yes", "").run(200);

        assertThat(outcome.timedOut()).isTrue();
        assertThat(outcome.elapsed()).isBetween(Duration.ofMillis(200), Duration.ofSeconds(8));
    }

    @Test
    void termEndsAHungCommandAtOnce() throws Exception {
        var outcome = ExternalCommand.of("sleep 60", "").run(100);

        assertThat(outcome.timedOut()).isTrue();
        assertThat(outcome.signal()).isEqualTo(Signals.TERM);
        assertThat(outcome.elapsed()).isLessThan(Duration.ofSeconds(8));
        assertThat(outcome.ending()).contains("timed out after").endsWith("ended by TERM");
    }

    @Test
    void killEndsTheWholeGroupWhenAChildIgnoresTerm() throws Exception {
        var childFile = directory.resolve("child");
        var script =
                script("(trap '' TERM; sh -c 'echo $PPID' > " + childFile + "; while :; do sleep 1; done) &\nwait");
        var outcome = ExternalCommand.of(script.toString(), "").run(500);

        long child = Long.parseLong(Files.readString(childFile).strip());
        assertThat(outcome.timedOut()).isTrue();
        assertThat(outcome.elapsed()).isBetween(Duration.ofMillis(2_400), Duration.ofMillis(4_000));
        assertThat(isAlive(child)).isFalse();
    }

    @Test
    void killEndsALeaderThatIgnoresTerm() throws Exception {
        var outcome = run("trap '' TERM; while :; do sleep 1; done", 100);

        assertThat(outcome.signal()).isEqualTo(Signals.KILL);
        assertThat(outcome.ending()).endsWith("ended by KILL");
    }

    @Test
    void aStoppedCommandEndsToo() throws Exception {
        var outcome = run("kill -STOP $$", 200);

        assertThat(outcome.timedOut()).isTrue();
        assertThat(outcome.elapsed()).isLessThan(Duration.ofMillis(1_500));
    }

    @Test
    void anInterruptThatComesWithTheLimitDoesNotCutTheFarewellShort() throws Exception {
        var began = directory.resolve("began");
        var cleaned = directory.resolve("cleaned");
        var script = script(
                "trap ': >" + began + "; sleep 0.5; : >" + cleaned + "; exit 0' TERM\nwhile :; do sleep 0.05; done");
        var outcome = new AtomicReference<CommandOutcome>();
        var runner = new Thread(() -> {
            try {
                outcome.set(ExternalCommand.of(script.toString(), "").run(200));
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        runner.start();
        while (!Files.exists(began)) {
            Thread.onSpinWait();
        }
        runner.interrupt();
        runner.join();

        assertThat(cleaned).exists();
        assertThat(outcome.get().timedOut()).isTrue();
        assertThat(outcome.get().exit()).isZero();
    }

    @Test
    void anInterruptEndsTheGroup() throws Exception {
        var pidFile = directory.resolve("pid");
        var script = script("echo $$ > " + pidFile + ".new; mv " + pidFile + ".new " + pidFile + "; sleep 60");
        var thrown = new AtomicReference<Throwable>();
        var done = new CountDownLatch(1);
        var runner = new Thread(() -> {
            try {
                ExternalCommand.of(script.toString(), "").run(60_000);
            } catch (Exception e) {
                thrown.set(e);
            }
            done.countDown();
        });
        runner.start();
        while (!Files.exists(pidFile)) {
            Thread.onSpinWait();
        }
        runner.interrupt();

        assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(isAlive(Long.parseLong(Files.readString(pidFile).strip()))).isFalse();
    }

    @Test
    void aChildLeftBehindDoesNotHoldTheResultBack() throws Exception {
        var outcome = run("sleep 5 & echo done", 4_000);

        assertThat(outcome.elapsed()).isLessThan(Duration.ofSeconds(3));
        assertThat(outcome.output()).isEqualTo("done\n");
    }

    /** It may be the service that a script was to start. */
    @Test
    void aChildLeftBehindIsNotEnded() throws Exception {
        long child = Long.parseLong(run("sleep 60 & echo $!", 4_000).lastLine());

        try {
            assertThat(isAlive(child)).isTrue();
        } finally {
            ProcessHandle.of(child).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void leavesNeitherZombiesNorOpenFilesBehind() throws Exception {
        var command = ExternalCommand.of("true", "");
        command.run(1_000);
        int before = openFiles();
        for (int i = 0; i < 50; i++) {
            command.run(1_000);
        }
        assertThatThrownBy(
                        () -> ExternalCommand.of(notAProgram().toString(), "").run(1_000))
                .isInstanceOf(IOException.class);

        assertThat(openFiles()).isLessThanOrEqualTo(before + 2);
        assertThat(zombiesOfOurs()).isEmpty();
    }

    @Test
    void aScriptWithoutItsFirstLineIsReadByTheShell() throws Exception {
        var file = directory.resolve("plain");
        Files.writeString(file, "echo $1 $0\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(ExternalCommand.of(file + " hello", "").run(5_000).output())
                .isEqualTo("hello " + file.toRealPath() + "\n");
    }

    @Test
    void aNameIsLookedForWhereSystemCommandsAre() throws Exception {
        assertThat(ExternalCommand.of("true", "").run(5_000).succeeded()).isTrue();
        assertThatThrownBy(() -> ExternalCommand.of("no-such-command-here", "").verify())
                .isInstanceOf(CommandRefusedException.class)
                .hasMessageStartingWith("file missing: no-such-command-here");
        assertThatThrownBy(() -> ExternalCommand.of("bin/true", "")).hasMessageContaining("full path");
    }

    @Test
    void anUnknownUserOrGroupIsRefused() {
        assertThatThrownBy(() -> ExternalCommand.of("true", "nobody-we-know"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("user nobody-we-know is not known on this machine");
        assertThatThrownBy(() -> ExternalCommand.of("true", "root:none-we-know"))
                .hasMessage("group none-we-know is not known on this machine");
    }

    @Test
    @Tag("lab")
    void anotherUserRunsItWithItsGroups() throws Exception {
        var outcome = ExternalCommand.of("sh -c 'id -un; id -Gn; echo $HOME; grep CapEff /proc/self/status'", "nobody")
                .run(5_000);

        assertThat(outcome.output()).isEqualTo("nobody\nnogroup\n/nonexistent\nCapEff:\t0000000000000000\n");
        assertThat(ExternalCommand.of("id -gn", "nobody:daemon").run(5_000).output())
                .isEqualTo("daemon\n");
        assertThat(ExternalCommand.of("id -gn", "nobody daemon").run(5_000).output())
                .isEqualTo("daemon\n");
    }

    @Test
    @Tag("lab")
    void aHungCommandOfAnotherUserEndsToo() throws Exception {
        var outcome = ExternalCommand.of("sleep 60", "nobody").run(300);

        assertThat(outcome.timedOut()).isTrue();
        assertThat(outcome.elapsed()).isLessThan(Duration.ofSeconds(2));
    }

    private CommandOutcome run(String script, long timeoutMillis) throws Exception {
        return ExternalCommand.of(script(script).toString(), "").run(timeoutMillis);
    }

    private Path script(String text) throws IOException {
        var file = Files.createTempFile(directory, "script", ".sh");
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    private Path notAProgram() throws IOException {
        var file = directory.resolve("broken");
        Files.writeString(file, "#!/no/such/interpreter\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    private static boolean isAlive(long pid) throws IOException {
        var stat = Path.of("/proc/" + pid + "/stat");
        return Files.exists(stat) && !Files.readString(stat).contains(") Z ");
    }

    private static int openFiles() throws IOException {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return (int) files.count();
        }
    }

    private static List<Path> zombiesOfOurs() throws IOException {
        try (var entries = Files.list(Path.of("/proc"))) {
            return entries.filter(ExternalCommandTest::isZombieOfOurs).toList();
        }
    }

    private static boolean isZombieOfOurs(Path entry) {
        try {
            return Files.readString(entry.resolve("stat"))
                    .contains(") Z " + ProcessHandle.current().pid() + " ");
        } catch (IOException notAProcess) {
            return false;
        }
    }
}
