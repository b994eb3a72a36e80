package io.halcyon.lvs.engine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.halcyon.api.check.CheckDefinitions;
import io.halcyon.api.notify.NotifierDefinitions;
import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which checks and notifiers are made of a file, and who is to blame for one that cannot be made. */
class CheckDefinitionsTest {

    private static final String WEB = "virtual.server = 192.0.2.1 80\nreal.server.web1 = 192.0.2.11 8080\n";

    private static Map<String, Map<String, String>> checks(String lines) {
        return new VirtualServer()
                .on(new Input.Configured(Texts.settings(WEB + lines.replace("; ", "\n"))), 0).stream()
                        .filter(Effect.DefineChecks.class::isInstance)
                        .map(effect -> ((Effect.DefineChecks) effect).checks())
                        .findFirst()
                        .orElse(Map.of());
    }

    private static Map<String, Map<String, String>> notifiers(String lines) {
        return new VirtualServer()
                .on(new Input.Configured(Texts.settings(WEB + lines.replace("; ", "\n"))), 0).stream()
                        .filter(Effect.DefineNotifiers.class::isInstance)
                        .map(effect -> ((Effect.DefineNotifiers) effect).notifiers())
                        .findFirst()
                        .orElse(Map.of());
    }

    /** The defaults are keepalived's of the checker of that kind. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            tcp       | connect.ip=192.0.2.11 connect.port=8080 fall=2 init=up interval=60 interval.changing=1 timeout=5 warmup=60
            http      | connect.ip=192.0.2.11 connect.port=8080 fall=2 init=up interval=60 interval.changing=3 timeout=5 warmup=60
            https     | connect.ip=192.0.2.11 connect.port=8080 fall=2 init=up interval=60 interval.changing=3 timeout=5 warmup=60
            smtp      | connect.ip=192.0.2.11 connect.port=8080 fall=2 init=up interval=60 interval.changing=1 timeout=5 warmup=60
            dns       | connect.ip=192.0.2.11 connect.port=8080 fall=4 init=up interval=60 interval.changing=60 timeout=5 warmup=60
            udp       | connect.ip=192.0.2.11 connect.port=8080 fall=2 init=up interval=60 interval.changing=1 timeout=5 warmup=60
            ping      | connect.ip=192.0.2.11 fall=2 init=up interval=60 interval.changing=1 timeout=5 warmup=60
            exec      | fall=1 init=up interval=60 interval.changing=1 warmup=60
            file      | fall=1 init=up interval=60 interval.changing=1 warmup=60
            another   | fall=2 init=up interval=60 interval.changing=1 warmup=60
            """)
    void eachTypeHasTheKeysThatItKnows(String type, String expected) {
        assertThat(line(checks("check.c.type = " + type), "lvs/WEB/web1/c"))
                .isEqualTo(line(Map.of("", keys(expected + " type=" + type)), ""));
    }

    private static String line(Map<String, Map<String, String>> definitions, String name) {
        assertThat(definitions).containsOnlyKeys(name);
        return new TreeMap<>(definitions.get(name)).toString();
    }

    private static Map<String, String> keys(String text) {
        Map<String, String> keys = new HashMap<>();
        for (String word : text.split(" ", -1)) {
            String[] parts = word.split("=", 2);
            keys.put(parts[0], parts[1]);
        }
        return keys;
    }

    /** What is nearer to the check wins: virtual server, real server, template, the real server's word for the template. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            delay.loop = 6                                             | interval          | 6
            delay.loop = 6                                             | warmup            | 6
            delay.loop = 6; warmup = 0                                 | warmup            | 0
            delay.loop = 6; real.server.web1.delay.loop = 7            | interval          | 7
            delay.loop = 6; real.server.web1.delay.loop = 7; check.c.interval = 8 | interval | 8
            check.c.interval = 8; real.server.web1.check.c.interval = 9 | interval         | 9
            connect.timeout = 2.5                                      | timeout           | 2.5
            real.server.web1.connect.timeout = 2                       | timeout           | 2
            connect.timeout = 2; check.c.timeout = 9                   | timeout           | 9
            retry = 0                                                  | fall              | 1
            retry = 2; real.server.web1.retry = 4                      | fall              | 5
            check.c.fall = 9; retry = 2                                | fall              | 9
            delay.before.retry = 2                                     | interval.changing | 2
            real.server.web1.delay.before.retry = 0.5                  | interval.changing | 0.5
            real.server.web1.warmup = 3                                | warmup            | 3
            alpha = yes                                                | init              | down
            alpha = yes; real.server.web1.alpha = no                   | init              | up
            check.c.init = unknown                                     | init              | unknown
            virtualhost = www.example.org                              | virtualhost       | www.example.org
            virtualhost = a; real.server.web1.virtualhost = b          | virtualhost       | b
            virtualhost = a; check.c.virtualhost = c                   | virtualhost       | c
            check.c.connect.ip = 192.0.2.77                            | connect.ip        | 192.0.2.77
            check.c.connect.port = 9090                                | connect.port      | 9090
            check.c.log = all                                          | log               | all
            """)
    void whatIsNearerWins(String lines, String key, String value) {
        assertThat(checks("check.c.type = http; " + lines).get("lvs/WEB/web1/c"))
                .containsEntry(key, value);
    }

    @Test
    void aVirtualHostIsForHttpAlone() {
        assertThat(checks("check.c.type = tcp; virtualhost = a").get("lvs/WEB/web1/c"))
                .doesNotContainKey("virtualhost");
    }

    @Test
    void aCheckOfItsOwnFileIsNotDefined() {
        assertThat(checks("check.c.type = tcp; real.server.web1.checks = rack")).isEmpty();
        assertThat(checks("check.c.type = tcp; real.server.web1.checks = rack, c"))
                .containsOnlyKeys("lvs/WEB/web1/c");
    }

    @Test
    void scriptsBecomeNotifiers() {
        assertThat(notifiers("quorum.up = /bin/up; quorum.down = /bin/down; real.server.web1.notify.down = /bin/d 1"))
                .isEqualTo(Map.of(
                        "lvs/WEB/quorum",
                        Map.of(
                                "type", "exec",
                                "events", "server",
                                "objects", "WEB",
                                "quorum.up", "/bin/up",
                                "quorum.down", "/bin/down"),
                        "lvs/WEB/web1",
                        Map.of(
                                "type", "exec",
                                "events", "server",
                                "objects", "WEB",
                                "real.server", "[192.0.2.11]:tcp:8080",
                                "notify.down", "/bin/d 1")));
        assertThat(notifiers("quorum = 1")).isEmpty();
    }

    @Test
    void secretsAreNotInTheTextOfSettings() {
        ServerSettings settings = Texts.settings(WEB + "check.c.type = redis\ncheck.c.password = geheim");

        assertThat(settings.toString()).contains("c (redis)").doesNotContain("geheim");
    }

    /** The key of the file that an objection to a key of a check belongs to. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            check.c.path = x                       | path              | check.c.path
            real.server.web1.check.c.path = x      | path              | real.server.web1.check.c.path
            delay.loop = 6                         | interval          | delay.loop
            real.server.web1.delay.loop = 6        | interval          | real.server.web1.delay.loop
            connect.timeout = 6                    | timeout           | connect.timeout
            retry = 6                              | fall              | retry
            delay.before.retry = 6                 | interval.changing | delay.before.retry
            quorum = 1                             | connect.port      | real.server.web1
            check.c.connect.port = 5               | connect.port      | check.c.connect.port
            quorum = 1                             | ca                | check.c.ca
            quorum.up = /bin/up                    | quorum.up         | quorum.up
            real.server.web1.notify.up = /bin/up   | notify.up         | real.server.web1.notify.up
            """)
    void anObjectionIsToldOfTheKeyOfTheFile(String lines, String objected, String key) throws Refusal {
        ConfigText text = Texts.text(WEB + "check.c.type = http\n" + lines.replace("; ", "\n"));
        ServerSettings settings = ServerSettings.of(text);
        Judges judges = new Judges() {
            @Override
            public Optional<CheckDefinitions.Objection> check(Map<String, String> keys) {
                boolean ofNotifier = objected.startsWith("quorum") || objected.startsWith("notify");
                return ofNotifier
                        ? Optional.empty()
                        : Optional.of(new CheckDefinitions.Objection(objected, "something else", "this"));
            }

            @Override
            public Optional<NotifierDefinitions.Objection> notifier(Map<String, String> keys) {
                return Optional.of(new NotifierDefinitions.Objection(objected, "something else", "this"));
            }
        };

        Refusal refusal = catchThrowableOfType(Refusal.class, () -> settings.judge(text, judges));

        assertThat(refusal.key()).isEqualTo(key);
        assertThat(refusal).hasMessageContaining("allowed is something else");
    }

    @Test
    void judgesAreAskedOfEveryDefinition() throws Refusal {
        ConfigText text = Texts.text(
                WEB
                        + "real.server.web1.notify.up = /bin/a\nreal.server.web2 = web.example.org 80\nreal.server.web2.notify.up = /bin/b\ncheck.c.type = http\nquorum.up = /bin/up");
        Map<String, String> asked = new TreeMap<>();
        Judges judges = new Judges() {
            @Override
            public Optional<CheckDefinitions.Objection> check(Map<String, String> keys) {
                asked.put(keys.getOrDefault("connect.ip", ""), keys.getOrDefault("type", ""));
                return Optional.empty();
            }

            @Override
            public Optional<NotifierDefinitions.Objection> notifier(Map<String, String> keys) {
                asked.put(keys.getOrDefault("real.server", "quorum"), keys.getOrDefault("type", ""));
                return Optional.empty();
            }
        };

        ServerSettings.of(text).judge(text, judges);

        assertThat(asked)
                .isEqualTo(Map.of(
                        "192.0.2.11", "http",
                        "web.example.org", "http",
                        "quorum", "exec",
                        "[192.0.2.11]:tcp:8080", "exec",
                        "[127.0.0.1]:tcp:80", "exec"));
    }
}
