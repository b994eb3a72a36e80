package io.halcyon.notify.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.spi.notify.DeliveryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With Net-SNMP's receiver on loopback: what it decodes, and what it refuses. */
@Tag("lab")
@Timeout(60)
class RealReceiverTest {

    private static final String INSTANCE = Oids.INSTANCE_STATE_CHANGE;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void version2cByInformAndByTrap(boolean inform) throws Exception {
        try (var receiver = new Snmptrapd(directory)) {
            var notifier = Traps.notifier(directory, receiver.port(), Traps.v2c("inform", inform));

            notifier.deliver(Traps.router(17, "VI_1", RouterState.MASTER));

            assertThat(receiver.received()).singleElement().satisfies(trap -> {
                assertThat(trap.values().keySet())
                        .containsExactly(
                                "1.3.6.1.2.1.1.3.0",
                                "1.3.6.1.6.3.1.1.4.1.0",
                                "1.3.6.1.4.1.9586.100.5.2.3.1.2",
                                "1.3.6.1.4.1.9586.100.5.2.3.1.4",
                                "1.3.6.1.4.1.9586.100.5.2.3.1.5",
                                "1.3.6.1.4.1.9586.100.5.1.2.0");
                assertThat(trap.name()).isEqualTo("1.3.6.1.4.1.9586.100.5.2.10.0.2");
                assertThat(trap.value(Oids.INSTANCE_NAME)).isEqualTo("VI_1");
                assertThat(trap.value(Oids.INSTANCE_STATE)).isEqualTo("2");
                assertThat(trap.value(Oids.ROUTER_ID)).isEqualTo("lb1");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MD5, MD5, AES, AES",
        "SHA, SHA, AES, AES",
        "SHA224, SHA-224, AES, AES",
        "SHA256, SHA-256, AES, AES",
        "SHA384, SHA-384, AES, AES",
        "SHA512, SHA-512, AES256, AES-256"
    })
    void version3ByInform(String auth, String theirAuth, String priv, String theirPriv) throws Exception {
        var user = "createUser halcyon " + theirAuth + " \"correct horse\" " + theirPriv + " \"battery staple\"";
        try (var receiver = new Snmptrapd(directory, user, "authUser log halcyon priv")) {
            var keys = Traps.v3("auth.protocol", auth, "priv.protocol", priv);

            Traps.notifier(directory, receiver.port(), keys).deliver(Traps.router(1, "VI_1", RouterState.MASTER));

            assertThat(receiver.received()).extracting(Snmptrapd.Received::name).containsExactly(INSTANCE);
        }
    }

    @Test
    void version3WithoutEncryption() throws Exception {
        var user = "createUser halcyon SHA-256 \"correct horse\"";
        try (var receiver = new Snmptrapd(directory, user, "authUser log halcyon auth")) {
            var keys = Traps.v3("priv.password", "");

            Traps.notifier(directory, receiver.port(), keys).deliver(Traps.router(1, "VI_1", RouterState.MASTER));

            assertThat(receiver.received()).extracting(Snmptrapd.Received::name).containsExactly(INSTANCE);
        }
    }

    @Test
    void version3TrapsAreTakenAlsoAfterARestart() throws Exception {
        var engine = HexFormat.of().formatHex(LocalEngine.id("lb1"));
        var user = "createUser -e 0x" + engine + " halcyon SHA-256 \"correct horse\" AES \"battery staple\"";
        try (var receiver = new Snmptrapd(directory, user, "authUser log halcyon priv")) {
            for (int run = 1; run <= 3; run++) {
                var notifier = Traps.notifier(directory, receiver.port(), Traps.v3("inform", false));
                notifier.deliver(Traps.router(run * 10L, "VI_" + run, RouterState.MASTER));
                notifier.deliver(Traps.router(run * 10L + 1, "VI_" + run, RouterState.BACKUP));
            }

            assertThat(receiver.received())
                    .extracting(trap -> trap.value(Oids.INSTANCE_NAME))
                    .containsExactly("VI_1", "VI_1", "VI_2", "VI_2", "VI_3", "VI_3");
        }
    }

    @Test
    void anEngineIdOfOnesOwnIsUsed() throws Exception {
        var user = "createUser -e 0x8000000001020304 halcyon SHA-256 \"correct horse\" AES \"battery staple\"";
        try (var receiver = new Snmptrapd(directory, user, "authUser log halcyon priv")) {
            var keys = Traps.v3("inform", false, "engine.id", "80:00:00:00:01:02:03:04");

            Traps.notifier(directory, receiver.port(), keys).deliver(Traps.router(1, "VI_1", RouterState.MASTER));

            assertThat(receiver.received()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "auth.password, mistaken horse, auth.password or auth.protocol is wrong",
        "user, nobody, does not know the user",
        "auth.protocol, SHA512, auth.password or auth.protocol is wrong"
    })
    void whoIsNotKnownIsToldWhyAndTriesAgain(String key, String wrong, String words) throws Exception {
        var user = "createUser halcyon SHA-256 \"correct horse\" AES \"battery staple\"";
        try (var receiver = new Snmptrapd(directory, user, "authUser log halcyon priv")) {
            var notifier = Traps.notifier(directory, receiver.port(), Traps.v3(key, wrong));

            var failure = failure(notifier);

            // Once somebody corrects it, what waited goes out.
            assertThat(failure.worthRetrying()).isTrue();
            assertThat(failure.getMessage())
                    .contains(words)
                    .doesNotContain("correct horse", "mistaken horse", "battery staple");
            assertThat(receiver.received()).isEmpty();
        }
    }

    @Test
    void aWrongPrivacyPasswordOrCommunityIsNotAnsweredAndNotShown() throws Exception {
        var user = "createUser halcyon SHA-256 \"correct horse\" AES \"battery staple\"";
        try (var receiver = new Snmptrapd(directory, user, "authUser log halcyon priv")) {
            for (var keys : List.of(
                    Traps.v3("priv.password", "mistaken staple", "timeout", 0.5, "retries", 0),
                    Traps.v2c("community", "mistaken staple", "timeout", 0.5, "retries", 0))) {
                var failure = failure(Traps.notifier(directory, receiver.port(), keys));

                assertThat(failure.worthRetrying()).isTrue();
                assertThat(failure.getMessage())
                        .doesNotContain("horse", "staple")
                        .isNotBlank();
            }
            assertThat(receiver.received()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"v2c", "v3"})
    void aReceiverThatIsNotThereCostsTheTimeoutsAndThenGetsItsInform(String version) throws Exception {
        int port = Snmptrapd.freePort();
        var more = new Object[] {"timeout", 0.3, "retries", 1};
        var keys = version.equals("v3") ? Traps.v3(more) : Traps.v2c(more);
        var notifier = Traps.notifier(directory, port, keys);
        long begin = System.nanoTime();

        var failure = failure(notifier);

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(500), Duration.ofMillis(9_000));
        assertThat(failure.worthRetrying()).isTrue();
        assertThat(failure.getMessage()).startsWith("127.0.0.1:" + port + ": no answer");
        var user = "createUser halcyon SHA-256 \"correct horse\" AES \"battery staple\"";
        try (var receiver = new Snmptrapd(directory, port, user, "authUser log halcyon priv")) {
            notifier.deliver(Traps.router(1, "VI_1", RouterState.MASTER));

            assertThat(receiver.received()).hasSize(1);
        }
    }

    @Test
    void noSocketAndNoThreadIsLeft() throws Exception {
        try (var receiver = new Snmptrapd(directory)) {
            var notifier = Traps.notifier(directory, receiver.port(), Traps.v2c());
            notifier.deliver(Traps.router(1, "VI_1", RouterState.MASTER));
            long before = openFiles();

            for (int i = 2; i <= 20; i++) {
                notifier.deliver(Traps.router(i, "VI_1", RouterState.MASTER));
            }

            assertThat(openFiles()).isLessThanOrEqualTo(before + 2);
            assertThat(receiver.received()).hasSize(20);
        }
        for (var thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().contains("UDPTransport") || thread.getName().contains("Timer")) {
                thread.join(5_000);
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    @Test
    void groupsAndServersHaveTheirNotifications() throws Exception {
        try (var receiver = new Snmptrapd(directory)) {
            var notifier = Traps.notifier(directory, receiver.port(), Traps.v2c());

            notifier.deliver(Traps.record(
                    1, new Event.GroupTransition("G1", RouterState.MASTER, RouterState.FAULT, "x", false, false)));
            notifier.deliver(Traps.realServer(2, "[2001:db8::71]:tcp:8080", Health.DOWN));
            notifier.deliver(Traps.record(
                    3, new Event.VirtualServerChange("web", "FWM 7", Health.DOWN, Health.UP, 3, 2, "x", 3, 4)));

            var traps = receiver.received();
            assertThat(traps)
                    .extracting(Snmptrapd.Received::name)
                    .containsExactly(
                            "1.3.6.1.4.1.9586.100.5.2.10.0.1",
                            "1.3.6.1.4.1.9586.100.5.3.5.0.1",
                            "1.3.6.1.4.1.9586.100.5.3.5.0.2");
            assertThat(traps.get(0).value("1.3.6.1.4.1.9586.100.5.2.1.1.2")).isEqualTo("G1");
            assertThat(traps.get(0).value("1.3.6.1.4.1.9586.100.5.2.1.1.3")).isEqualTo("3");
            assertThat(traps.get(1).value("1.3.6.1.4.1.9586.100.5.3.4.1.3")).isEqualTo("2");
            assertThat(traps.get(1).value("1.3.6.1.4.1.9586.100.5.3.4.1.4"))
                    .isEqualTo("20010DB8000000000000000000000071");
            assertThat(traps.get(1).value("1.3.6.1.4.1.9586.100.5.3.4.1.5")).isEqualTo("8080");
            assertThat(traps.get(1).value("1.3.6.1.4.1.9586.100.5.3.4.1.6")).isEqualTo("2");
            assertThat(traps.get(1).value("1.3.6.1.4.1.9586.100.5.3.3.1.7")).isEqualTo("80");
            assertThat(traps.get(1).value("1.3.6.1.4.1.9586.100.5.3.3.1.21")).isEqualTo("2");
            assertThat(traps.get(1).value("1.3.6.1.4.1.9586.100.5.3.3.1.20")).isEqualTo("3");
            assertThat(traps.get(2).value("1.3.6.1.4.1.9586.100.5.3.3.1.2")).isEqualTo("1");
            assertThat(traps.get(2).value("1.3.6.1.4.1.9586.100.5.3.3.1.4")).isEqualTo("7");
            assertThat(traps.get(2).value("1.3.6.1.4.1.9586.100.5.3.3.1.23")).isEqualTo("1");
            assertThat(traps.get(2).value("1.3.6.1.4.1.9586.100.5.3.3.1.21")).isEqualTo("3");
            assertThat(traps.get(2).value("1.3.6.1.4.1.9586.100.5.3.3.1.20")).isEqualTo("4");
        }
    }

    @Test
    void withoutAnOidOfOnesOwnOtherEventsAreSkipped() throws Exception {
        try (var receiver = new Snmptrapd(directory)) {
            var notifier = Traps.notifier(directory, receiver.port(), Traps.v2c());

            notifier.deliver(Traps.record(1, new Event.VerdictChange("chk", Health.UP, Health.DOWN, "x")));

            // Somebody waits for what became of a trial: silence would look like success.
            var trial = Traps.record(2, new Event.Trial("nms", "asked for"));
            assertThat(catchThrowableOfType(DeliveryException.class, () -> notifier.deliver(trial)))
                    .hasMessageContaining("event.oid");
            assertThat(receiver.received()).isEmpty();
        }
    }

    @Test
    void aDigestTellsWhereEachObjectStandsInTheEnd() throws Exception {
        try (var receiver = new Snmptrapd(directory)) {
            var notifier = Traps.notifier(directory, receiver.port(), Traps.v2c());
            var events = List.of(
                    Traps.router(1, "VI_1", RouterState.MASTER),
                    Traps.router(2, "VI_2", RouterState.MASTER),
                    Traps.record(3, new Event.VerdictChange("chk", Health.UP, Health.DOWN, "x")),
                    Traps.router(4, "VI_1", RouterState.FAULT));

            notifier.deliver(Traps.record(5, new Event.Digest("nms", events)));

            assertThat(receiver.received())
                    .extracting(trap -> trap.value(Oids.INSTANCE_NAME) + " " + trap.value(Oids.INSTANCE_STATE))
                    .containsExactly("VI_2 2", "VI_1 3");
        }
    }

    private DeliveryException failure(SnmpNotifier notifier) {
        var failure = catchThrowableOfType(
                DeliveryException.class, () -> notifier.deliver(Traps.router(1, "VI_1", RouterState.MASTER)));
        assertThat(failure).isNotNull();
        assertThat(failure.getMessage()).startsWith("127.0.0.1:").doesNotContain("\n");
        return failure;
    }

    private static long openFiles() throws java.io.IOException {
        try (var files = java.nio.file.Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    /** Keys that nobody may print. */
    @Test
    void settingsDoNotPrintTheirSecrets() {
        for (Map<String, Object> keys : List.of(Traps.v2c("server", "h"), Traps.v3("server", "h"))) {
            var settings = SettingsKeys.read(io.halcyon.testkit.Keys.of(SnmpKeys.class, keys));

            assertThat(settings.toString()).doesNotContain(Snmptrapd.COMMUNITY, "horse", "staple");
        }
    }
}
