package io.halcyon.notify.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventKind;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.json.Json;
import io.halcyon.linux.process.ProcessTable;
import io.halcyon.spi.notify.DeliveryException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real scripts, real processes. */
@Timeout(60)
class ExecNotifierTest {

    @TempDir
    Path directory;

    private Workshop workshop;

    @BeforeEach
    void open() {
        workshop = new Workshop(directory);
    }

    @Test
    void theSpecificScriptComesFirstThenTheGenericThenOurs() throws Exception {
        var keys = new HashMap<String, Object>();
        for (var key : List.of("master", "backup", "fault", "stop", "deleted")) {
            keys.put("notify." + key, workshop.witness(key).toString());
        }
        keys.put("notify", workshop.witness("any") + " 'my own' x");
        keys.put("script", workshop.witness("script") + " y");
        var notifier = workshop.notifier(keys);

        notifier.deliver(Events.to(1, RouterState.MASTER));
        notifier.deliver(Events.record(
                2, new Event.GroupTransition("G 1", RouterState.MASTER, RouterState.INIT, "stop", true, false)));

        assertThat(workshop.calls())
                .containsExactly(
                        "master 0:",
                        "any 6:my own x INSTANCE VI_1 MASTER 150",
                        "script 1:y",
                        "stop 0:",
                        "any 6:my own x GROUP G 1 STOP 0",
                        "script 1:y");
    }

    @Test
    void scriptsForSomeRealServersAreNotForOthers() throws Exception {
        var notifier = workshop.notifier(Map.of(
                "notify.up", workshop.witness("up").toString(),
                "notify.down", workshop.witness("down").toString(),
                "quorum.up", workshop.witness("gained").toString(),
                "script", workshop.witness("script").toString(),
                "real.server", new String[] {"[192.0.2.71]:tcp:80", "[2001:db8::71]:tcp:80"}));

        notifier.deliver(server(1, "[192.0.2.71]:tcp:80", Health.UP));
        notifier.deliver(server(2, "[192.0.2.72]:tcp:80", Health.UP));
        notifier.deliver(server(3, "[192.0.2.71]:udp:80", Health.DOWN));
        notifier.deliver(server(4, "[2001:db8:0:0:0:0:0:71]:tcp:80", Health.DOWN));
        notifier.deliver(Events.record(
                5, new Event.VirtualServerChange("web", "[192.0.2.60]:tcp:80", Health.DOWN, Health.UP, 1, 1, "")));

        assertThat(workshop.calls())
                .containsExactly(
                        "up 0:",
                        "script 0:",
                        "script 0:",
                        "script 0:",
                        "down 0:",
                        "script 0:",
                        "gained 0:",
                        "script 0:");
    }

    @Test
    void keysForOneKindOfEventAreKnownToWhoeverTells() throws Exception {
        var notifier = workshop.notifier(Map.of(
                "notify",
                "true",
                "notify.up",
                "true",
                "quorum.down",
                "true",
                "script",
                "true",
                "notify.master.rx.lower.pri",
                "true"));

        assertThat(notifier.kindsByKey())
                .containsOnly(
                        Map.entry("notify", EventKind.TRANSITION),
                        Map.entry("notify.up", EventKind.SERVER),
                        Map.entry("quorum.down", EventKind.SERVER),
                        Map.entry("notify.master.rx.lower.pri", EventKind.RIVAL));
    }

    private static EventRecord server(long id, String realServer, Health to) {
        var from = to == Health.UP ? Health.DOWN : Health.UP;
        return Events.record(
                id, new Event.RealServerChange("web", "[192.0.2.60]:tcp:80", realServer, from, to, 1, "test"));
    }

    @Test
    void serversAndRivalsHaveTheirScripts() throws Exception {
        var keys = new HashMap<String, Object>();
        keys.put("notify.up", workshop.witness("up").toString());
        keys.put("quorum.down", workshop.witness("lost").toString());
        keys.put("notify.master.rx.lower.pri", workshop.witness("rival").toString());
        var notifier = workshop.notifier(keys);

        notifier.deliver(Events.record(
                1, new Event.RealServerChange("web", "[192.0.2.60]:tcp:80", "r", Health.DOWN, Health.UP, 1, "")));
        notifier.deliver(Events.record(
                2, new Event.VirtualServerChange("web", "[192.0.2.60]:tcp:80", Health.UP, Health.DOWN, 0, 1, "")));
        notifier.deliver(Events.record(3, new Event.LowerPriorityHeard("VI_1", "192.0.2.2", 90, 150)));
        notifier.deliver(Events.record(4, new Event.VerdictChange("chk", Health.UP, Health.DOWN, "")));

        assertThat(workshop.calls()).containsExactly("up 0:", "lost 0:", "rival 0:");
    }

    @Test
    void aScriptReadsTheEventAsJsonAndAsVariables() throws Exception {
        workshop.shell("look", "cat > $D/json; env > $D/env");
        var happened = Events.to(17, RouterState.MASTER);

        workshop.notifier(Map.of("script", directory.resolve("look").toString()))
                .deliver(happened);

        assertThat(Files.readString(directory.resolve("json"))).isEqualTo(Json.write(happened) + "\n");
        assertThat(Json.read(Files.readString(directory.resolve("json")), EventRecord.class))
                .isEqualTo(happened);
        assertThat(workshop.lines("env"))
                .contains(
                        "HALCYON_EVENT_ID=17",
                        "HALCYON_EVENT=router-transition",
                        "HALCYON_KIND=transition",
                        "HALCYON_OBJECT=VI_1",
                        "HALCYON_SEVERITY=INFO",
                        "HALCYON_TEXT=BACKUP -> MASTER, the master fell silent",
                        "HALCYON_AT=2026-06-30T13:28:55.310Z",
                        "HALCYON_NODE=lb1",
                        "HALCYON_CAUSES=15 16",
                        "HALCYON_FROM=BACKUP",
                        "HALCYON_TO=MASTER",
                        "HALCYON_REASON=the master fell silent",
                        "HALCYON_PRIORITY=150",
                        "HALCYON_ADDRESSES=192.0.2.50/24 192.0.2.51/24");
    }

    @Test
    void nothingElseOfOurEnvironmentIsHandedOn() throws Exception {
        workshop.shell("look", "env > $D/env");

        workshop.notifier(Map.of("script", directory.resolve("look").toString()))
                .deliver(Events.to(1, RouterState.MASTER));

        assertThat(workshop.lines("env").stream()
                        .map(line -> line.substring(0, line.indexOf('=')))
                        .filter(name -> !name.startsWith("HALCYON_")))
                .containsExactlyInAnyOrder("PATH", "LANG", "HOME", "USER", "LOGNAME", "PWD");
    }

    @Test
    void perlReadsItToo() throws Exception {
        workshop.program(
                "look.pl",
                "#!/usr/bin/perl\nuse strict; my $line = <STDIN>; open(my $f, '>', '" + directory.resolve("calls")
                        + "');\n"
                        + "print $f \"$ARGV[2] $ENV{HALCYON_OBJECT} \" . ($line =~ /\"id\":1,/ ? 'json' : 'none') . \"\\n\";\n");

        workshop.notifier(Map.of("notify", directory.resolve("look.pl").toString()))
                .deliver(Events.to(1, RouterState.FAULT));

        assertThat(workshop.calls()).containsExactly("FAULT VI_1 json");
    }

    @Test
    void anEventLargerThanAPipeDoesNotHangAScriptThatDoesNotRead() throws Exception {
        var deaf = workshop.notifier(Map.of("script", workshop.witness("deaf").toString()));
        var many = Events.record(
                1, new Event.ConfigurationChange("VI_1", "é".repeat(400_000), io.halcyon.api.event.Severity.INFO));

        deaf.deliver(many);

        assertThat(workshop.calls()).containsExactly("deaf 0:");
    }

    @Test
    void aFailureIsFinalAndTellsStatusAndOutput() throws Exception {
        workshop.shell("bad", "echo one; echo; echo two >&2; exit 3");
        var notifier = workshop.notifier(
                Map.of("notify.master", directory.resolve("bad").toString(), "notify", workshop.witness("any") + ""));

        var failure = failure(notifier, Events.to(1, RouterState.MASTER));

        assertThat(failure.worthRetrying()).isFalse();
        assertThat(failure).hasMessage("notify.master: exit status 3, it printed: one | two");
        assertThat(workshop.calls()).containsExactly("any 4:INSTANCE VI_1 MASTER 150");
    }

    @Test
    void onlyTheEndOfALongOutputIsTold() throws Exception {
        workshop.shell("chatty", "yes 0123456789 | head -n 100000; echo last; kill -SEGV $$");
        var notifier =
                workshop.notifier(Map.of("script", directory.resolve("chatty").toString()));

        var failure = failure(notifier, Events.to(1, RouterState.MASTER));

        assertThat(failure).hasMessageStartingWith("script: signal 11 (SEGV), it printed: ");
        assertThat(failure.getMessage()).endsWith("| last").hasSizeLessThan(6_000);
    }

    @Test
    void aScriptMayAskForAnotherRunAndWhatSucceededDoesNotRunAgain() throws Exception {
        workshop.shell("later", "echo later >> $D/calls; [ -e $D/ready ] || exit 75");
        var notifier = workshop.notifier(Map.of(
                "notify.master", workshop.witness("master").toString(),
                "notify", directory.resolve("later").toString(),
                "script", workshop.witness("script").toString()));
        var happened = Events.to(1, RouterState.MASTER);

        var failure = failure(notifier, happened);
        assertThat(failure.worthRetrying()).isTrue();
        assertThat(failure).hasMessage("notify: exit status 75");
        assertThat(workshop.calls()).containsExactly("master 0:", "later");

        Files.createFile(directory.resolve("ready"));
        notifier.deliver(Events.trial(2));
        notifier.deliver(happened);
        assertThat(workshop.calls()).containsExactly("master 0:", "later", "script 0:", "later", "script 0:");

        notifier.deliver(Events.to(3, RouterState.MASTER));
        assertThat(workshop.calls()).hasSize(8).endsWith("master 0:", "later", "script 0:");
    }

    @Test
    void whatFailedForGoodDoesNotRunAgainWhileAnotherIsTriedAgain() throws Exception {
        workshop.shell("broken", "echo broken >> $D/calls; exit 1");
        workshop.shell("later", "echo later >> $D/calls; [ -e $D/ready ] || exit 9");
        var notifier = workshop.notifier(Map.of(
                "notify.master", directory.resolve("broken").toString(),
                "notify", directory.resolve("later").toString(),
                "retry.status", new int[] {9, 10}));
        var happened = Events.to(1, RouterState.MASTER);

        assertThat(failure(notifier, happened).worthRetrying()).isTrue();
        Files.createFile(directory.resolve("ready"));
        var second = failure(notifier, happened);

        assertThat(second.worthRetrying()).isFalse();
        assertThat(second).hasMessage("notify.master: exit status 1");
        assertThat(workshop.calls()).containsExactly("broken", "later", "later");

        assertThat(failure(notifier, happened)).hasMessage("notify.master: exit status 1");
        assertThat(workshop.calls()).containsExactly("broken", "later", "later", "broken");
    }

    @Test
    void aHungScriptEndsWithItsChildrenAndIsNotRunAgain() throws Exception {
        workshop.shell(
                "hung", "(trap '' TERM; while :; do sleep 1; done) &\necho $! > $D/child; echo waiting; sleep 60");
        var notifier =
                workshop.notifier(Map.of("script", directory.resolve("hung").toString(), "script.timeout", 0.3));

        var failure = failure(notifier, Events.to(1, RouterState.MASTER));

        assertThat(failure.worthRetrying()).isFalse();
        assertThat(failure.getMessage())
                .startsWith("script: timed out after ")
                .endsWith("ended by TERM, it printed: waiting");
        assertThat(isAlive(workshop.number("child"))).isFalse();
    }

    @Test
    void anInterruptEndsTheScriptAndItsChildren() throws Exception {
        workshop.shell("hung", "sleep 61 &\necho $! > $D/child; sleep 60");
        var notifier = workshop.notifier(Map.of(
                "notify.master", workshop.witness("master").toString(), "script", directory.resolve("hung") + ""));
        var ended = new CompletableFuture<Throwable>();
        var happened = Events.to(1, RouterState.MASTER);
        var courier = new Thread(() -> {
            try {
                notifier.deliver(happened);
                ended.complete(null);
            } catch (Exception e) {
                ended.complete(e);
            }
        });
        courier.start();
        long child = workshop.number("child");
        assertThat(isAlive(child)).isTrue();

        courier.interrupt();

        assertThat(ended.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        assertThat(isAlive(child)).isFalse();
        courier.join();
        workshop.shell("hung", "echo again >> $D/calls");
        notifier.deliver(happened);
        assertThat(workshop.calls()).containsExactly("master 0:", "again");
    }

    @Test
    void aBackgroundChildIsLeftAloneAndHoldsNothingUp() throws Exception {
        workshop.shell("forks", "(sleep 30; echo late) &\necho $! > $D/child");
        long begun = System.nanoTime();

        workshop.notifier(Map.of("script", directory.resolve("forks").toString()))
                .deliver(Events.to(1, RouterState.MASTER));

        long child = workshop.number("child");
        try {
            assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(20));
            assertThat(isAlive(child)).isTrue();
        } finally {
            ProcessHandle.of(child).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void aScriptThatIsGoneOrCannotRunIsToldByItsKey() throws Exception {
        var file = workshop.witness("master");
        var notifier = workshop.notifier(Map.of("notify.master", file.toString()));
        Files.delete(file);

        var gone = failure(notifier, Events.to(1, RouterState.MASTER));
        workshop.program("master", "#!/no/such/interpreter\n");
        var broken = failure(notifier, Events.to(1, RouterState.MASTER));

        assertThat(gone.worthRetrying()).isFalse();
        assertThat(gone).hasMessage("notify.master: file missing: " + file);
        assertThat(broken.worthRetrying()).isFalse();
        assertThat(broken).hasMessageStartingWith("notify.master: could not be started, ");
    }

    @Test
    @Tag("lab")
    void aScriptThatOthersCanChangeIsRefusedBeforeEveryRun() throws Exception {
        var file = workshop.witness("master");
        var notifier = workshop.notifier(Map.of("notify.master", file.toString()));
        notifier.deliver(Events.to(1, RouterState.MASTER));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xrwx"));

        var failure = failure(notifier, Events.to(2, RouterState.MASTER));

        assertThat(failure.worthRetrying()).isFalse();
        assertThat(failure.getMessage())
                .startsWith("notify.master: refused to run as root: ")
                .contains("cure: chmod go-w " + file);
        assertThat(workshop.calls()).hasSize(1);
    }

    @Test
    @Tag("lab")
    void anotherUserRunsThemAndReadsTheEvent() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        workshop.shell("look", "{ id -un; id -gn; cat | wc -l; } > $D/calls");

        workshop.notifier(Map.of("script", directory.resolve("look").toString(), "user", "nobody:daemon"))
                .deliver(Events.to(1, RouterState.MASTER));

        assertThat(workshop.calls()).containsExactly("nobody", "daemon", "1");
    }

    @Test
    void aTrialRunsOurScriptAloneAndElseLooksOnly() throws Exception {
        var master = workshop.witness("master");
        var looking = workshop.notifier(Map.of("notify.master", master.toString()));
        var both = workshop.notifier(Map.of(
                "notify.master",
                master.toString(),
                "script",
                workshop.witness("script").toString()));

        looking.deliver(Events.trial(1));
        assertThat(workshop.calls()).isEmpty();
        both.deliver(Events.trial(2));
        assertThat(workshop.calls()).containsExactly("script 0:");

        Files.delete(master);
        assertThat(failure(looking, Events.trial(3))).hasMessage("notify.master: file missing: " + master);
        assertThat(failure(both, Events.trial(4))).hasMessage("notify.master: file missing: " + master);
    }

    @Test
    void aThousandEventsThatWaitDoNotGrowTheMemoryFurther() {
        var memory = new Memory();
        var first = memory.of(1);
        first.succeeded("notify");
        for (long id = 2; id <= 1_001; id++) {
            memory.of(id).succeeded("notify");
        }

        assertThat(memory.of(1_001).isSettled("notify")).isTrue();
        assertThat(memory.of(1).isSettled("notify")).isFalse();
    }

    @Test
    void aVariableIsBoundedAndOnOneLine() {
        var addresses = java.util.stream.IntStream.range(0, 10_000)
                .mapToObj(i -> "2001:db8::" + Integer.toHexString(i) + "/64")
                .collect(Collectors.toList());
        var happened = Events.record(
                1,
                new Event.RouterTransition(
                        "VI_1", RouterState.BACKUP, RouterState.MASTER, "a\nb\0c", 1, addresses, false, false));

        var variables = Variables.of(happened);

        assertThat(variables.get("HALCYON_REASON")).isEqualTo("a b c");
        assertThat(variables.get("HALCYON_ADDRESSES")).hasSize(32 * 1024);
    }

    private static DeliveryException failure(ExecNotifier notifier, EventRecord happened) {
        var failure = catchThrowableOfType(DeliveryException.class, () -> notifier.deliver(happened));
        assertThat(failure).isNotNull();
        assertThat(failure.getMessage()).doesNotContain("\n");
        return failure;
    }

    private static boolean isAlive(long pid) {
        return ProcessTable.system().process(pid).isAlive();
    }
}
