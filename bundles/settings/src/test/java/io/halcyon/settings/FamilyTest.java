package io.halcyon.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.settings.Family.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FamilyTest {

    private static final String PID = "io.halcyon.sample";

    /** Routers in small: no two may have one id. */
    record Settings(int id, String note) {}

    private final List<String> calls = new ArrayList<>();
    private ManualTimer timer = new ManualTimer();
    private Family<Settings> family;
    private boolean broken;
    private boolean announcing;
    private boolean pluginThere = true;

    @TempDir
    Path directory;

    @BeforeEach
    void start() {
        family = newFamily();
    }

    @Test
    void aNewFileMakesAnObjectOnTheTimersThread() throws Exception {
        assertThat(updated("a", "id=1")).isEqualTo(Outcome.APPLIED);
        assertThat(calls).isEmpty();

        timer.run();

        assertThat(calls).containsExactly("apply a 1", "accepted a " + file("a"));
        assertThat(family.current()).containsExactly(Map.entry("a", new Settings(1, "")));
    }

    @Test
    void whoWantsToKnowOfAChangeBeforehandIsTold() throws Exception {
        announcing = true;
        updated("a", "id=1");
        updated("a", "id=1");
        timer.run();
        deleteFile("a");
        family.deleted("pid-a");
        timer.advance(2_000);

        assertThat(calls)
                .containsExactly(
                        "changing a " + file("a"),
                        "apply a 1",
                        "accepted a " + file("a"),
                        "changing a ",
                        "remove a",
                        "removed a");
    }

    @Test
    void anEditChangesThatObjectOnly() throws Exception {
        given("a", "id=1");
        given("b", "id=2");

        updated("a", "id=3");
        timer.run();

        assertThat(calls).containsExactly("apply a 3", "accepted a " + file("a"));
    }

    @Test
    void anEditThatChangesNothingTouchesNothing() throws Exception {
        given("a", "id=1");

        assertThat(updated("a", "id=01")).isEqualTo(Outcome.UNCHANGED);
        timer.run();

        assertThat(calls).isEmpty();
    }

    @Test
    void aBadEditKeepsTheLastGoodSettingsAndSaysSo() throws Exception {
        given("a", "id=1");

        assertThatThrownBy(() -> updated("a", "id=x")).isInstanceOf(Refusal.class);
        timer.run();

        assertThat(calls).containsExactly("refused id=x kept=true");
        assertThat(family.current()).containsEntry("a", new Settings(1, ""));
    }

    @Test
    void aBadEditTakenBackIsToldAsAcceptedAndRestartsNothing() throws Exception {
        given("a", "id=1");
        assertThatThrownBy(() -> updated("a", "id=x")).isInstanceOf(Refusal.class);

        assertThat(updated("a", "id=1")).isEqualTo(Outcome.UNCHANGED);
        timer.run();

        assertThat(calls).containsExactly("refused id=x kept=true", "accepted a " + file("a"));
    }

    @Test
    void aBadNewFileMakesNothing() throws Exception {
        assertThatThrownBy(() -> updated("a", "id=x")).isInstanceOf(Refusal.class);
        timer.run();

        assertThat(calls).containsExactly("refused id=x kept=false");
        assertThat(family.current()).isEmpty();
    }

    @Test
    void afterARestartABadFileRunsTheLastAcceptedText() throws Exception {
        given("a", "id=1", "note=it's = # \\ \"fine\", ünïcode ");
        restart();

        assertThatThrownBy(() -> updated("a", "id=x")).isInstanceOf(Refusal.class);
        timer.run();

        assertThat(calls).containsExactly("apply a 1", "refused id=x kept=true");
        assertThat(family.current()).containsEntry("a", new Settings(1, "it's = # \\ \"fine\", ünïcode"));
        assertThat(updated("a", "id=5")).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void afterARestartAnAcceptedTextThatIsNoLongerGoodIsNotRun() throws Exception {
        given("a", "id=1");
        Files.writeString(copy("a"), "id = old\n");
        restart();

        assertThatThrownBy(() -> updated("a", "id=x")).isInstanceOf(Refusal.class);
        timer.run();

        assertThat(calls).containsExactly("refused id=x kept=false");
    }

    @Test
    void aDamagedCopyIsToldAndNotRun() throws Exception {
        given("a", "id=1");
        Files.writeString(copy("a"), "id = \\u12\n");
        restart();

        assertThatThrownBy(() -> updated("a", "id=x")).isInstanceOf(Refusal.class);
        timer.run();

        assertThat(calls).hasSize(2).last().isEqualTo("refused id=x kept=false");
        assertThat(calls.get(0)).startsWith("failed a java.io.IOException").contains("is damaged");
    }

    @Test
    void theCopyIsTheOwnersAlone() throws Exception {
        given("a", "id=1", "note=secret");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy("a"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(copy("a").getParent())))
                .isEqualTo("rwx------");
        assertThat(copy("a")).content().endsWith("id = 1\nnote = secret\n");
        try (var files = Files.list(copy("a").getParent())) {
            assertThat(files).containsExactly(copy("a"));
        }
    }

    @Test
    void aCopyThatCannotBeWrittenIsToldAndTheObjectRuns() throws Exception {
        Files.writeString(directory.resolve("accepted"), "in the way");

        updated("a", "id=1");
        timer.run();

        assertThat(calls).hasSize(3).contains("apply a 1");
        assertThat(calls.get(0)).startsWith("failed a ");
    }

    @Test
    void aDeletionActsAfterTheGrace() throws Exception {
        given("a", "id=1");
        deleteFile("a");

        family.deleted("pid-a");
        timer.advance(1_999);

        assertThat(calls).isEmpty();
        assertThat(family.pendingRemoval()).containsExactly("a");
        assertThat(family.current()).containsKey("a");

        timer.advance(1);

        assertThat(calls).containsExactly("remove a", "removed a");
        assertThat(family.current()).isEmpty();
        assertThat(family.pendingRemoval()).isEmpty();
        assertThat(copy("a")).doesNotExist();
    }

    @Test
    void anEditorThatWritesTheFileAnewTouchesNothing() throws Exception {
        given("a", "id=1");
        family.deleted("pid-a");
        timer.advance(1_000);

        assertThat(family.updated("pid-new", properties("a", "id=1"))).isEqualTo(Outcome.UNCHANGED);
        timer.advance(10_000);

        assertThat(calls).isEmpty();
        assertThat(family.pendingRemoval()).isEmpty();
        assertThat(copy("a")).exists();
    }

    @Test
    void afterAnEditorsSaveTheNewConfigurationOwnsTheObject() throws Exception {
        given("a", "id=1");
        family.deleted("pid-a");
        family.updated("pid-new", properties("a", "id=2"));

        family.deleted("pid-new");
        timer.advance(2_000);

        assertThat(calls).containsExactly("apply a 2", "accepted a " + file("a"), "remove a", "removed a");
    }

    @Test
    void aFileThatReturnsBrokenKeepsTheObject() throws Exception {
        given("a", "id=1");
        family.deleted("pid-a");

        assertThatThrownBy(() -> family.updated("pid-new", properties("a", "id=x")))
                .isInstanceOf(Refusal.class);
        timer.advance(10_000);

        assertThat(calls).containsExactly("refused id=x kept=true");
        assertThat(family.current()).containsKey("a");

        family.deleted("pid-new");
        timer.advance(2_000);
        assertThat(family.current()).isEmpty();
    }

    @Test
    void aDeletionThatATimerHadAlreadyBegunFindsItselfTakenBack() throws Exception {
        given("a", "id=1");
        family.deleted("pid-a");
        Runnable late = timer.takeUncancelled();
        family.updated("pid-new", properties("a", "id=1"));
        family.deleted("pid-new");

        late.run();

        assertThat(family.current()).containsKey("a");
        timer.advance(2_000);
        assertThat(calls).containsExactly("remove a", "removed a");
    }

    @Test
    void aNewNameWithinTheGraceIsARename() throws Exception {
        given("a", "id=1");
        deleteFile("a");
        family.deleted("pid-a");
        timer.advance(800);

        assertThat(updated("z", "id=1")).isEqualTo(Outcome.APPLIED);
        timer.advance(10_000);

        assertThat(calls).containsExactly("rename a z 1", "accepted z " + file("z"));
        assertThat(family.current()).containsOnlyKeys("z");
        assertThat(copy("a")).doesNotExist();
        assertThat(copy("z")).exists();
    }

    @Test
    void aNewNameSeenBeforeTheOldOneIsGoneIsARenameToo() throws Exception {
        given("a", "id=1");
        assertThatThrownBy(() -> updated("z", "id=1")).isInstanceOf(Refusal.class);
        calls.clear();

        deleteFile("a");
        family.deleted("pid-a");
        timer.advance(10_000);

        assertThat(calls).containsExactly("refused id=1 kept=false", "rename a z 1", "accepted z " + file("z"));
        assertThat(family.current()).containsOnlyKeys("z");
    }

    @Test
    void aRenameToOthersSettingsNeverLetsBothRun() throws Exception {
        given("a", "id=1");
        deleteFile("a");
        family.deleted("pid-a");

        updated("z", "id=1", "note=changed");
        timer.advance(10_000);

        assertThat(calls).containsExactly("remove a", "removed a", "apply z 1", "accepted z " + file("z"));
    }

    @Test
    void aNewObjectThatIsNotInTheWayLeavesADeletionItsGrace() throws Exception {
        given("a", "id=1");
        family.deleted("pid-a");

        updated("z", "id=2");
        timer.run();

        assertThat(calls).containsExactly("apply z 2", "accepted z " + file("z"));
        assertThat(family.pendingRemoval()).containsExactly("a");
    }

    @Test
    void aTextRefusedBecauseOfAnotherObjectIsTakenWhenThatChanges() throws Exception {
        given("a", "id=1");
        assertThatThrownBy(() -> updated("b", "id=1")).hasMessageContaining("a has it");

        updated("a", "id=2");
        timer.run();

        assertThat(calls)
                .containsExactly(
                        "refused id=1 kept=false",
                        "apply a 2",
                        "accepted a " + file("a"),
                        "apply b 1",
                        "accepted b " + file("b"));
    }

    @Test
    void aRefusedTextWhoseFileIsGoneIsForgotten() throws Exception {
        given("a", "id=1");
        assertThatThrownBy(() -> updated("b", "id=1")).isInstanceOf(Refusal.class);
        family.deleted("pid-b");

        updated("a", "id=2");

        assertThat(family.current()).containsOnlyKeys("a");
    }

    @Test
    void twoFilesForOneNameAreRefused() throws Exception {
        given("a", "id=1");
        Path second = directory.resolve(PID + "-a.config");
        Files.writeString(second, "");

        assertThatThrownBy(() -> family.updated(
                        "other",
                        Map.of(
                                "id",
                                "7",
                                "felix.fileinstall.filename",
                                second.toUri().toString())))
                .isInstanceOf(Refusal.class)
                .hasMessage(second + ": name = a is refused: allowed is one file per name; " + file("a") + " has it");
        timer.run();
        assertThat(family.current()).containsEntry("a", new Settings(1, ""));
    }

    @Test
    void aFileDeletedWhileTheNodeWasDownIsAGhost() throws Exception {
        given("a", "id=1");
        restart();
        deleteFile("a");

        assertThat(family.updated("pid-a", properties("a", "id=1"))).isEqualTo(Outcome.GHOST);
        timer.advance(10_000);

        assertThat(calls).isEmpty();
        assertThat(family.current()).isEmpty();
        assertThat(copy("a")).doesNotExist();
    }

    @Test
    void aRunningObjectIsNoGhostWhileAnEditorReplacesItsFile() throws Exception {
        given("a", "id=1");
        deleteFile("a");

        assertThat(family.updated("pid-a", properties("a", "id=2"))).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void aTextThatCannotBeJudgedYetLeavesTheLastAcceptedOneAlone() throws Exception {
        given("a", "id=1");
        restart();
        pluginThere = false;
        given("a", "id=2", "note=bad");
        assertThat(family.current()).containsEntry("a", new Settings(2, "bad"));

        pluginThere = true;
        family.recheck(settings -> true);
        timer.run();

        assertThat(calls).containsExactly("apply a 1", "refused note=bad kept=true");
        assertThat(family.current()).containsEntry("a", new Settings(1, ""));
    }

    @Test
    void aTextThatIsJudgedLateBecomesTheLastAcceptedOneAndTouchesNothing() throws Exception {
        pluginThere = false;
        given("a", "id=1");
        assertThat(copy("a")).doesNotExist();

        pluginThere = true;
        family.recheck(settings -> true);
        timer.run();

        assertThat(calls).isEmpty();
        assertThat(copy("a")).exists();
    }

    @Test
    void aTextThatIsJudgedBadLateRunsOnWhereNoOtherWasAccepted() throws Exception {
        pluginThere = false;
        given("a", "id=2", "note=bad");

        pluginThere = true;
        family.recheck(settings -> true);
        timer.run();

        assertThat(calls).containsExactly("refused note=bad kept=false");
        assertThat(family.current()).containsEntry("a", new Settings(2, "bad"));
        assertThat(updated("a", "id=2", "note=good")).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void aRecheckTouchesOnlyWhatItIsAskedFor() throws Exception {
        pluginThere = false;
        given("a", "id=1", "note=bad");
        given("b", "id=2", "note=bad");

        pluginThere = true;
        family.recheck(settings -> settings.id() == 2);
        timer.run();

        assertThat(calls).containsExactly("refused note=bad kept=false");
        assertThat(copy("a")).doesNotExist();
    }

    @Test
    void aRefusedTextGetsAnotherChanceWhenThePluginJudgesOtherwise() throws Exception {
        given("a", "id=1");
        assertThatThrownBy(() -> updated("a", "id=1", "note=bad")).isInstanceOf(Refusal.class);
        timer.run();
        calls.clear();

        pluginThere = false;
        family.recheck(settings -> true);
        timer.run();

        assertThat(calls).containsExactly("apply a 1", "accepted a " + file("a"));
        assertThat(family.current()).containsEntry("a", new Settings(1, "bad"));
    }

    @Test
    void withoutAFileTheNameIsTheRestOfThePid() throws Exception {
        family.updated(PID + "~VI_1", Map.of("id", "1"));
        family.updated(PID + ".8f14", Map.of("id", "2"));

        assertThat(family.current()).containsOnlyKeys("VI_1", "8f14");
    }

    @Test
    void theNameIsTheFilesWithoutPidAndSuffix() {
        assertThat(Origin.of(PID, "p", Map.of("felix.fileinstall.filename", "file:/x/" + PID + "-VI-1.b.cfg"))
                        .name())
                .isEqualTo("VI-1.b");
        assertThat(Origin.of(PID, "p", Map.of("felix.fileinstall.filename", "/x/" + PID + "-web.cfg.json"))
                        .name())
                .isEqualTo("web");
    }

    @Test
    void anEngineThatThrowsIsToldAndTheNextCallComes() throws Exception {
        broken = true;
        updated("a", "id=1");
        timer.run();

        assertThat(calls)
                .containsExactly("failed a java.lang.IllegalStateException: broken", "accepted a " + file("a"));
    }

    @Test
    void deletingAnUnknownPidDoesNothing() {
        family.deleted("nobody");
        timer.advance(5_000);

        assertThat(calls).isEmpty();
    }

    @Test
    void aClosedFamilyTakesNothingAndRemovesOnlyWhatWasBeingDeleted() throws Exception {
        given("a", "id=1");
        given("b", "id=2");
        family.deleted("pid-a");

        family.close();

        assertThat(updated("c", "id=3")).isEqualTo(Outcome.UNCHANGED);
        family.deleted("pid-b");
        timer.advance(10_000);
        assertThat(calls).containsExactly("remove a");
        assertThat(timer.waiting()).isZero();
        assertThat(copy("a")).doesNotExist();
        assertThat(copy("b")).exists();
    }

    @Test
    void manyThreadsAtOnceLeaveEveryObjectAsLastWritten() throws Exception {
        var real = Executors.newSingleThreadScheduledExecutor();
        Map<String, Integer> seen = new HashMap<>();
        Family.Objects<Settings> objects = new Family.Objects<>() {
            @Override
            public void apply(String name, Settings settings) {
                seen.put(name, settings.id());
            }

            @Override
            public void remove(String name) {
                seen.remove(name);
            }
        };
        Family<Settings> busy = new Family<>(
                PID, directory.resolve("accepted"), real, text -> new Settings(id(text), ""), objects, new Recorder());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String name = "t" + i;
            Files.writeString(file(name), "");
            threads.add(new Thread(() -> {
                for (int round = 1; round <= 25; round++) {
                    try {
                        busy.updated("pid-" + name, properties(name, "id=" + round));
                    } catch (Refusal e) {
                        throw new AssertionError(e);
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        busy.close();
        real.shutdown();

        assertThat(real.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).isEqualTo(Map.of("t0", 25, "t1", 25, "t2", 25, "t3", 25));
    }

    private Family<Settings> newFamily() {
        return new Family<>(PID, directory.resolve("accepted"), timer, new Parser(), new Engine(), new Recorder());
    }

    private void restart() {
        family.close();
        timer.run();
        calls.clear();
        timer = new ManualTimer();
        family = newFamily();
    }

    private Settings parse(ConfigText text) throws Refusal {
        int id = id(text);
        for (var other : family.current().entrySet()) {
            boolean another = !other.getKey().equals(text.object());
            if (another
                    && other.getValue().id() == id
                    && !family.pendingRemoval().contains(other.getKey())) {
                throw text.refuse("id", "an id of its own; " + other.getKey() + " has it");
            }
        }
        String note = text.values().getOrDefault("note", "");
        if (pluginThere && note.equals("bad")) {
            throw text.refuse("note", "a good one");
        }
        return new Settings(id, note);
    }

    private final class Parser implements Family.Parser<Settings> {

        @Override
        public Settings parse(ConfigText text) throws Refusal {
            return FamilyTest.this.parse(text);
        }

        @Override
        public boolean complete(Settings settings) {
            return pluginThere;
        }
    }

    private static int id(ConfigText text) throws Refusal {
        String id = text.values().getOrDefault("id", "");
        if (!id.matches("\\d+")) {
            throw text.refuse("id", "a number");
        }
        return Integer.parseInt(id);
    }

    private void given(String name, String... lines) throws Exception {
        updated(name, lines);
        timer.run();
        calls.clear();
    }

    private Outcome updated(String name, String... lines) throws Refusal, IOException {
        Files.writeString(file(name), String.join("\n", lines));
        return family.updated("pid-" + name, properties(name, lines));
    }

    private Map<String, Object> properties(String name, String... lines) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("service.pid", "pid-" + name);
        properties.put("felix.fileinstall.filename", file(name).toUri().toString());
        for (String line : lines) {
            int equals = line.indexOf('=');
            properties.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return properties;
    }

    private void deleteFile(String name) throws IOException {
        Files.delete(file(name));
    }

    private Path file(String name) {
        return directory.resolve(PID + "-" + name + ".cfg");
    }

    private Path copy(String name) {
        return directory.resolve("accepted").resolve(PID + "-" + name + ".cfg");
    }

    private final class Engine implements Family.Objects<Settings> {

        @Override
        public void apply(String name, Settings settings) {
            if (broken) {
                throw new IllegalStateException("broken");
            }
            calls.add("apply " + name + " " + settings.id());
        }

        @Override
        public void remove(String name) {
            calls.add("remove " + name);
        }

        @Override
        public void rename(String from, String to, Settings settings) {
            calls.add("rename " + from + " " + to + " " + settings.id());
        }
    }

    private final class Recorder implements Family.Notices {

        @Override
        public void refused(Refusal refusal, boolean lastAcceptedKept) {
            calls.add("refused " + refusal.key() + "=" + refusal.value() + " kept=" + lastAcceptedKept);
        }

        @Override
        public void accepted(String name, String file) {
            calls.add("accepted " + name + " " + file);
        }

        @Override
        public void removed(String name) {
            calls.add("removed " + name);
        }

        @Override
        public void changing(String name, String file) {
            if (announcing) {
                calls.add("changing " + name + " " + file);
            }
        }

        @Override
        public void failed(String name, Exception cause) {
            calls.add("failed " + name + " " + cause);
        }
    }
}
