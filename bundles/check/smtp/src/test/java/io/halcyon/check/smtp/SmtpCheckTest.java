package io.halcyon.check.smtp;

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
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.subethamail.smtp.server.SMTPServer;

/** With a mail server and with some that are none; with TLS see {@link SmtpTlsTest}. */
@Timeout(60)
class SmtpCheckTest {

    private final SMTPServer real = server();
    private final SMTPServer another = server();

    @BeforeEach
    void start() {
        real.start();
        another.start();
    }

    @AfterEach
    void stop() {
        real.stop();
        another.stop();
    }

    @Test
    void aMailServerIsUpWithItsGreeting() throws Exception {
        var result = look(real.getPortAllocated());

        assertThat(result.reason()).isEqualTo("127.0.0.1:" + real.getPortAllocated() + " answers as a mail server");
        assertThat(result.health()).isEqualTo(Health.UP);
        assertThat(result.latency()).isPositive();
        assertThat(result.details().get("127.0.0.1:" + real.getPortAllocated())).contains("ESMTP SubEthaSMTP");
    }

    @Test
    void severalServersAreAskedInTurn() throws Exception {
        var both = List.of("127.0.0.1:" + real.getPortAllocated(), "127.0.0.1:" + another.getPortAllocated());
        var keys = Map.<String, Object>of("connect.ip", both.toArray(String[]::new));

        assertThat(look(keys).reason()).isEqualTo("all 2 mail servers answer");
        assertThat(look(keys).details()).containsOnlyKeys(both);
        another.stop();
        assertThat(look(keys).reason()).isEqualTo(both.get(1) + ": no connection: Connection refused");
        assertThat(look(keys).health()).isEqualTo(Health.DOWN);
    }

    @Test
    void itSaysWhatKeepalivedSays() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (var peer = new ScriptedPeer(oldServer(heard))) {
            var result = look(Map.of("connect.port", peer.port(), "helo.name", "lb1.example.org"));

            assertThat(result.health()).as(result.reason()).isEqualTo(Health.UP);
            assertThat(heard).containsExactly("EHLO lb1.example.org", "HELO lb1.example.org", "QUIT");
        }
    }

    @Test
    void aServerThatTakesNoMailNowIsDown() throws Exception {
        try (var peer = new ScriptedPeer(says("421 4.3.2 try again later\r\n").then(silence()))) {
            var result = look(peer.port());

            assertThat(result.reason())
                    .isEqualTo("127.0.0.1:" + peer.port() + ": the greeting: the answer is 421, expected is 220");
            assertThat(result.details()).containsEntry("127.0.0.1:" + peer.port(), "4.3.2 try again later");
        }
    }

    @Test
    void aTemporaryRefusalIsNotTriedWithHelo() throws Exception {
        try (var peer = new ScriptedPeer(
                says("220 x\r\n").then(hears()).then(says("451 x\r\n")).then(silence()))) {
            assertThat(fault(peer)).isEqualTo("EHLO: the answer is 451, expected is 250");
        }
    }

    @Test
    void whatIsNoMailServerIsDown() throws Exception {
        try (var peer = new ScriptedPeer(says("SSH-2.0-OpenSSH_9.2\r\n").then(silence()))) {
            assertThat(fault(peer)).isEqualTo("the greeting: not an SMTP reply: SSH-2.0-OpenSSH_9.2");
        }
    }

    @Test
    void anEndlessLineOrAGigabyteIsNotReadToItsEnd() throws Exception {
        try (var peer = new ScriptedPeer(floods('2'));
                var lines = new ScriptedPeer(client -> {
                    var line = "220-welcome\r\n".getBytes(StandardCharsets.US_ASCII);
                    for (int i = 0; i < 100_000_000; i++) {
                        client.getOutputStream().write(line);
                    }
                })) {
            assertThat(fault(peer)).isEqualTo("the greeting: the reply is longer than 65536 bytes");
            assertThat(fault(lines)).isEqualTo("the greeting: the reply is longer than 65536 bytes");
        }
    }

    @Test
    void oneByteASecondIsTooSlow() throws Exception {
        try (var peer = new ScriptedPeer(drips("220 hello\r\n"))) {
            assertThat(Look.at(check(Map.of("connect.port", peer.port())), 1_500))
                    .isEqualTo(CheckResult.down("timed out"));
        }
    }

    @Test
    void invalidUtf8IsShownAsDots() throws Exception {
        byte[] greeting = {'2', '2', '0', ' ', (byte) 0xc3, (byte) 0x28, '\r', '\n'};
        try (var peer = new ScriptedPeer(says(greeting))) {
            assertThat(look(peer.port()).details()).containsEntry("127.0.0.1:" + peer.port(), ".(");
        }
    }

    @Test
    void aConnectionThatIsClosedOrResetIsDownAtEachStage() throws Exception {
        var greeted = says("220 x\r\n").then(hears());
        var saidHello = greeted.then(says("250 x\r\n")).then(hears());
        try (var first = new ScriptedPeer(client -> {});
                var second = new ScriptedPeer(greeted.then(resets()));
                var third = new ScriptedPeer(saidHello.then(resets()));
                var fourth = new ScriptedPeer(saidHello)) {
            assertThat(fault(first)).isEqualTo("the connection was closed instead of the greeting");
            assertThat(fault(second)).isEqualTo("the connection broke instead of an answer to EHLO: Connection reset");
            assertThat(fault(third)).isEqualTo("the connection broke instead of an answer to QUIT: Connection reset");
            assertThat(fault(fourth)).isEqualTo("the connection was closed instead of an answer to QUIT");
        }
    }

    @Test
    void badKeysAreRefusedByName() {
        assertThatThrownBy(() -> check(Map.of("connect.ip", new String[] {"10.0.0.1:0"})))
                .hasMessageStartingWith("connect.ip = 10.0.0.1:0 is refused: allowed is an address or a host name");
        assertThatThrownBy(() -> check(Map.of("connect.ip", new String[0]))).hasMessageStartingWith("connect.ip = ");
        assertThatThrownBy(() -> check(Map.of("helo.name", "a\r\nRCPT"))).hasMessageStartingWith("helo.name = ");
        assertThatThrownBy(() -> check(Map.of("sni.name", "a b"))).hasMessageStartingWith("sni.name = a b");
        assertThatThrownBy(() -> check(Map.of("tls", "smtps", "ca", "/no/such/file")))
                .hasMessageStartingWith("ca is refused: file /no/such/file cannot be read");
    }

    /** Knows HELO only. */
    private static ScriptedPeer.Scene oldServer(List<String> heard) {
        return client -> {
            var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            says("220 x\r\n").play(client);
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                heard.add(line);
                says(line.startsWith("EHLO") ? "502 x\r\n" : line.startsWith("HELO") ? "250 x\r\n" : "221 x\r\n")
                        .play(client);
            }
        };
    }

    private static SMTPServer server() {
        return SMTPServer.port(0).bindAddress(InetAddress.getLoopbackAddress()).build();
    }

    private static String fault(ScriptedPeer peer) throws Exception {
        var result = look(peer.port());
        assertThat(result.health()).isEqualTo(Health.DOWN);
        assertThat(result.reason()).startsWith("127.0.0.1:" + peer.port() + ": ");
        return result.reason().substring(("127.0.0.1:" + peer.port() + ": ").length());
    }

    private static CheckResult look(int port) throws Exception {
        return look(Map.of("connect.port", port));
    }

    private static CheckResult look(Map<String, Object> keys) throws Exception {
        return Look.at(check(keys), 10_000);
    }

    private static HealthCheck check(Map<String, Object> keys) {
        return new SmtpCheckFactory().create("mail", Keys.of(SmtpKeys.class, new HashMap<>(keys)));
    }
}
