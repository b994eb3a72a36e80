package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The end of a supervised node, with keepalived as its backup: nothing of it stays, neither process nor address. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StopTest {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String VIP = "192.168.88.50";
    private static final Router ROUTER = Router.version2(51, 100, VIP);

    /** How long an address may stay after priority 0; a handover keeps it until the backup's skew time is over. */
    private static final double AT_ONCE_MILLIS = 200;

    private static final Duration REAPING = Duration.ofMillis(500);

    private Pair pair;
    private HalcyonNode node;
    private Wire wire;

    @BeforeAll
    void startTheBackup() {
        pair = new Pair("lab-stop", Pair.HALCYON, Pair.KEEPALIVED, List.of(VIP));
        node = (HalcyonNode) pair.a();
        wire = new Wire(pair.capture(), ROUTER.vrid());
        node.configure(List.of(ROUTER));
        pair.b().configure(List.of(ROUTER.withPriority(90)));
        pair.b().start();
        pair.b().awaitBackup(LIMIT);
    }

    @AfterAll
    void endTheLab() {
        if (pair != null) {
            pair.close();
        }
    }

    @Test
    void nowMeansThatNobodyIsWaitedFor() {
        node.command("start").orThrow();
        pair.awaitMaster(node, ROUTER, LIMIT);
        assertThat(processes()).anyMatch(line -> line.contains("--supervise=" + HalcyonNode.BASE));
        long asked = Times.now();
        node.command("stop", "--now").orThrow();
        assertNothingIsLeft();
        pair.awaitMaster(pair.b(), ROUTER, LIMIT);

        long gone = pair.addresses().awaitGone("h1", VIP, asked, LIMIT);
        var resigned = wire.resignations("h1", asked);
        var takeover = wire.adverts("h2", asked).get(0);
        assertThat(resigned).isNotEmpty();
        assertThat(Times.millis(resigned.get(0).at(), gone)).isBetween(-AT_ONCE_MILLIS, AT_ONCE_MILLIS);
        assertThat(gone).isLessThan(takeover.at());
        assertThat(wire.adverts("h1", resigned.get(0).at())).isEmpty();
    }

    @Test
    void aStopHandsOverAndEndsTheScriptsOfChecksToo() {
        writeScripts();
        node.command("start").orThrow();
        pair.awaitMaster(node, ROUTER, LIMIT);
        awaitScripts();
        long asked = Times.now();
        node.command("stop").orThrow();
        assertNothingIsLeft();

        long gone = pair.addresses().awaitGone("h1", VIP, asked, LIMIT);
        assertThat(wire.resignations("h1", asked)).isNotEmpty();
        assertThat(gone).isGreaterThan(wire.adverts("h2", asked).get(0).at());
        assertThat(node.command("status").exit()).isEqualTo(3);
    }

    @Test
    void aRestartLeavesNothingOfBeforeAndRunsOnce() {
        writeScripts();
        node.command("start").orThrow();
        pair.awaitMaster(node, ROUTER, LIMIT);
        awaitScripts();
        var before = pids();
        long asked = Times.now();

        node.command("restart").orThrow();
        pair.awaitMaster(node, ROUTER, LIMIT);

        assertThat(pids()).as("before: %s, now: %s", before, processes()).doesNotContainAnyElementsOf(before);
        awaitScripts();
        assertThat(processes())
                .filteredOn(line -> line.contains("-Dkaraf.base=" + HalcyonNode.BASE))
                .hasSize(1);
        assertThat(processes())
                .filteredOn(line -> line.contains("--supervise=" + HalcyonNode.BASE))
                .hasSize(1);
        assertThat(node.command("status").exit()).isZero();
        assertThat(wire.resignations("h1", asked)).isNotEmpty();
        assertThat(wire.adverts("h2", asked)).as("the backup had it meanwhile").isNotEmpty();
        assertThat(pair.addresses().present("h1", VIP)).isTrue();
        node.command("stop").orThrow();
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() {
        Await.pass(REAPING, "whoever was killed last is taken from the table a moment later");
        assertThat(processes()).isEmpty();
        assertThat(pair.lab().host("h1").run("ip", "-o", "addr", "show", "dev", Lab.INTERFACE))
                .contains(Lab.address("h1"))
                .doesNotContain(VIP);
    }

    /** All processes of the host but its first one and the one that lists them. */
    private List<String> processes() {
        return pair.lab()
                .host("h1")
                .run("ps", "-e", "-o", "pid=,args=")
                .lines()
                .map(String::strip)
                .filter(line -> !line.startsWith("1 ") && !line.endsWith("ps -e -o pid=,args="))
                .toList();
    }

    private List<String> pids() {
        return processes().stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    /** One that obeys TERM and one that ignores it, each with a child. */
    private void writeScripts() {
        script("obedient.sh", "sleep 1001 & wait");
        script("stubborn.sh", "trap '' TERM; sleep 1002 & while :; do wait; done");
    }

    private void awaitScripts() {
        Await.until(
                "both scripts run",
                LIMIT,
                () -> processes().stream()
                                .filter(line -> line.contains("sleep 100"))
                                .count()
                        == 2);
    }

    private void script(String name, String body) {
        var path = "/run/" + name;
        pair.lab().host("h1").shell("printf '%%s\\n' '#!/bin/bash' \"%s\" >%s; chmod 755 %2$s".formatted(body, path));
        Directories.write(
                node.etc().resolve("io.halcyon.check-" + name.replace(".sh", "") + ".cfg"),
                "type = exec\nscript = %s\ninterval = 100\ntimeout = 99\n".formatted(path));
    }
}
