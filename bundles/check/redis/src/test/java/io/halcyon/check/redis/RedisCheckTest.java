package io.halcyon.check.redis;

import static io.halcyon.testkit.ScriptedPeer.drips;
import static io.halcyon.testkit.ScriptedPeer.floods;
import static io.halcyon.testkit.ScriptedPeer.hears;
import static io.halcyon.testkit.ScriptedPeer.resets;
import static io.halcyon.testkit.ScriptedPeer.says;
import static io.halcyon.testkit.ScriptedPeer.silence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.testkit.Keys;
import io.halcyon.testkit.Look;
import io.halcyon.testkit.ScriptedPeer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers that are no good Redis servers; with a real one see {@link RealRedisTest}. */
@Timeout(60)
class RedisCheckTest {

    private static final String PASSWORD = "correct horse";

    @Test
    void somethingElseThanRedisIsDown() throws Exception {
        try (var http = new ScriptedPeer(hears().then(says("HTTP/1.1 400 Bad Request\r\n\r\n")))) {
            assertThat(fault(http)).isEqualTo("PING: no Redis reply");
        }
    }

    @Test
    void aHandshakeThatTakesTooLongIsDown() throws Exception {
        try (var mute = new ScriptedPeer(ScriptedPeer.silence())) {
            assertThat(fault(mute, "tls", true, "verify", false, "connect.timeout", 0.2))
                    .isEqualTo("no connection within 200 ms");
        }
    }

    @Test
    void anotherAnswerThanPongIsDown() throws Exception {
        try (var peer = new ScriptedPeer(hears().then(says("$5\r\n\u001b[31m\r\n")))) {
            assertThat(fault(peer)).isEqualTo("PING: the answer is .[31m, expected is PONG");
        }
    }

    @Test
    void aTalkativeServerDoesNotMakeUsTellThePassword() throws Exception {
        var oldServer = says("-ERR unknown command `AUTH`, with args beginning with: `" + PASSWORD + "`\r\n");
        var echo = says("+OK\r\n").then(hears()).then(says("-" + PASSWORD + " is a fine password\r\n"));
        var info = says("+OK\r\n").then(hears()).then(says("+PONG\r\n")).then(hears());
        var text = "redis_version:" + PASSWORD + "\r\nrole:" + PASSWORD + "\r\n";
        try (var first = new ScriptedPeer(hears().then(oldServer));
                var second = new ScriptedPeer(hears().then(echo));
                var third =
                        new ScriptedPeer(hears().then(info).then(says("$" + text.length() + "\r\n" + text + "\r\n")))) {
            assertThat(fault(first, "password", PASSWORD)).isEqualTo("AUTH: refused, ERR");
            assertThat(fault(second, "password", PASSWORD)).isEqualTo("PING: *** is a fine password");
            var result = look(third, "password", PASSWORD, "role", "master");
            assertThat(result.toString()).contains("the role is ***").doesNotContain(PASSWORD);
            assertThat(check(Map.of("password", PASSWORD)).toString()).doesNotContain(PASSWORD);
            assertThat(new Login("u", PASSWORD).toString()).doesNotContain(PASSWORD);
        }
    }

    @Test
    void anEndlessLineAndAGigabyteAreNotReadToTheirEnd() throws Exception {
        try (var peer = new ScriptedPeer(says("+").then(floods('x')));
                var text = new ScriptedPeer(says("$1073741824\r\n").then(floods('x')))) {
            assertThat(fault(peer)).isEqualTo("PING: a line is longer than 4096 bytes");
            assertThat(fault(text)).isEqualTo("PING: no Redis reply");
        }
    }

    @Test
    void oneByteASecondIsTooSlow() throws Exception {
        try (var peer = new ScriptedPeer(drips("+PONG\r\n"))) {
            assertThat(Look.at(check(Map.of("connect.port", peer.port())), 1_500))
                    .isEqualTo(CheckResult.down("timed out"));
        }
    }

    @Test
    void invalidUtf8IsShownAsDots() throws Exception {
        byte[] answer = {'+', (byte) 0xc3, (byte) 0x28, '\r', '\n'};
        try (var peer = new ScriptedPeer(hears().then(says(answer)))) {
            assertThat(fault(peer)).isEqualTo("PING: the answer is .(, expected is PONG");
        }
    }

    @Test
    void aConnectionThatIsClosedOrResetIsDownAtEachStage() throws Exception {
        var authorised = hears().then(says("+OK\r\n")).then(hears());
        try (var first = new ScriptedPeer(client -> {});
                var second = new ScriptedPeer(hears().then(resets()));
                var third = new ScriptedPeer(authorised.then(resets()));
                var fourth = new ScriptedPeer(authorised.then(says("+PONG\r\n")).then(hears()))) {
            assertThat(look(first).health()).isEqualTo(Health.DOWN);
            assertThat(fault(second, "password", PASSWORD)).isEqualTo("AUTH: the connection broke: Connection reset");
            assertThat(fault(third, "password", PASSWORD)).isEqualTo("PING: the connection broke: Connection reset");
            assertThat(fault(fourth, "password", PASSWORD, "role", "master"))
                    .isEqualTo("INFO: the connection was closed instead of an answer");
        }
    }

    @Test
    void anInfoWithoutEndIsTooSlow() throws Exception {
        var pong = hears().then(says("+PONG\r\n")).then(hears()).then(says("$100\r\nrole:master\r\n"));
        try (var peer = new ScriptedPeer(pong.then(silence()))) {
            var check = check(Map.of("connect.port", peer.port(), "role", "master"));

            assertThat(Look.at(check, 300)).isEqualTo(CheckResult.down("timed out"));
        }
    }

    @Test
    void badKeysAreRefusedByName() {
        assertThatThrownBy(() -> check(Map.of("info", new String[] {"connected_slaves >= many"})))
                .hasMessageStartingWith("info = [connected_slaves >= many] is refused: allowed is conditions such as");
        assertThatThrownBy(() -> check(Map.of("info.warn", new String[] {"x"}))).hasMessageStartingWith("info.warn = ");
        assertThatThrownBy(() -> check(Map.of("connect.ip", "a b"))).hasMessageStartingWith("connect.ip = a b");
        assertThatThrownBy(() -> check(Map.of("tls", true, "key", "/x"))).hasMessageStartingWith("certificate = ");
        assertThatThrownBy(() -> check(Map.of("tls", true, "sni.name", "a b")))
                .hasMessageStartingWith("sni.name = a b");
    }

    @Test
    void itsStepsAreTold() throws Exception {
        var scene = hears().then(says("+OK\r\n"))
                .then(hears())
                .then(says("+PONG\r\n"))
                .then(hears())
                .then(says("$11\r\nrole:master\r\n"));
        try (var peer = new ScriptedPeer(scene)) {
            var keys = Map.<String, Object>of("connect.port", peer.port(), "password", PASSWORD, "role", "master");
            var details = Look.withSteps(check(keys), 20_000).details();

            assertThat(details.keySet().stream().filter(name -> name.startsWith(CheckResult.STEP)))
                    .containsExactly("step.auth", "step.ping", "step.info");
            assertThat(details.toString()).doesNotContain(PASSWORD);
        }
    }

    private static String fault(ScriptedPeer peer, Object... keysAndValues) throws Exception {
        var result = look(peer, keysAndValues);
        var prefix = "127.0.0.1:" + peer.port() + ": ";
        assertThat(result.health()).isEqualTo(Health.DOWN);
        assertThat(result.reason()).startsWith(prefix);
        return result.reason().substring(prefix.length());
    }

    private static CheckResult look(ScriptedPeer peer, Object... keysAndValues) throws Exception {
        var keys = new HashMap<String, Object>(Map.of("connect.port", peer.port()));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return Look.at(check(keys), 10_000);
    }

    private static HealthCheck check(Map<String, Object> keys) {
        return new RedisCheckFactory().create("redis", Keys.of(RedisKeys.class, keys));
    }
}
