package io.halcyon.check.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.testkit.InNetworkNamespace;
import io.halcyon.testkit.Keys;
import io.halcyon.testkit.Look;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With the distribution's dnsmasq on loopback. */
@InNetworkNamespace
@Timeout(60)
class RealDnsTest {

    private static final String LONG_TEXT = "x".repeat(200);

    private Process dnsmasq;

    @BeforeEach
    void startServer() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "dnsmasq",
                "--conf-file=/dev/null",
                "--keep-in-foreground",
                "--no-resolv",
                "--no-hosts",
                "--port=53",
                "--listen-address=127.0.0.1,::1",
                "--bind-interfaces",
                "--pid-file=",
                "--user=root",
                "--log-facility=-",
                "--local=/test/",
                "--host-record=a.test,192.0.2.1,2001:db8::1",
                "--host-record=a.test,192.0.2.2",
                "--cname=alias.test,a.test",
                "--mx-host=a.test,mail.test,10",
                "--txt-record=a.test,v=1 all"));
        for (int i = 0; i < 10; i++) {
            command.add("--txt-record=big.test," + i + LONG_TEXT);
        }
        dnsmasq = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        // It is not there at once.
        while (look("name", "a.test", "query.type", "A").health() != Health.UP) {
            assertThat(dnsmasq.isAlive()).isTrue();
        }
    }

    @AfterEach
    void stopServer() throws Exception {
        dnsmasq.destroyForcibly().waitFor();
    }

    @Test
    void itsRecordsAreUnderstood() throws Exception {
        assertUp(
                "name",
                "a.test",
                "query.type",
                "A",
                "answers",
                list("192.0.2.2", "192.0.2.1"),
                "answers.match",
                "exact");
        assertUp("name", "A.Test.", "query.type", "AAAA", "answers", list("2001:db8::1"), "connect.ip", "::1");
        assertUp("name", "alias.test", "query.type", "A", "answers", list("192.0.2.1"));
        assertUp("name", "a.test", "query.type", "MX", "answers", list("10 mail.test"), "protocol", "tcp");
        assertUp("name", "a.test", "query.type", "TXT", "answers", list("v=1 all"));
        assertUp("name", "version.bind", "query.type", "TXT", "query.class", "CH");
        assertUp("name", "none.test", "query.type", "A", "rcode", list("NXDOMAIN"));
    }

    @Test
    void whatItDoesNotKnowIsDown() throws Exception {
        assertThat(look("name", "none.test", "query.type", "A").reason())
                .isEqualTo("the answer of 127.0.0.1:53 for none.test. A is NXDOMAIN, allowed is NOERROR");
        assertThat(look("name", "a.test", "query.type", "A", "answers", list("192.0.2.9"))
                        .reason())
                .isEqualTo("the answer of 127.0.0.1:53 for a.test. A has none of the expected answers");
        // It has nobody to ask for the root.
        assertThat(look().reason()).isEqualTo("the answer of 127.0.0.1:53 for . SOA is REFUSED, allowed is NOERROR");
    }

    @Test
    void anAnswerTooLongForUdpComesByTcp() throws Exception {
        var result = look("name", "big.test", "query.type", "TXT", "answers.min", 10, "answers", list(9 + LONG_TEXT));

        assertThat(result.reason()).isEqualTo("127.0.0.1:53 answers big.test. TXT");
        assertThat(result.details()).containsEntry("protocol", "tcp").containsEntry("answers", "10");
        assertThat(look("name", "big.test", "query.type", "TXT", "answers.min", 10, "tcp.fallback", false)
                        .health())
                .isEqualTo(Health.DOWN);
    }

    @Test
    void aServerThatDiedIsDownAtOnceAndOneThatHangsAfterTheWait() throws Exception {
        signal("STOP");
        assertThat(look("name", "a.test", "query.type", "A", "reply.wait", 0.2).reason())
                .isEqualTo("127.0.0.1:53 does not answer");
        signal("CONT");
        assertUp("name", "a.test", "query.type", "A");

        dnsmasq.destroyForcibly().waitFor();
        assertThat(look("name", "a.test", "query.type", "A").reason())
                .isEqualTo("127.0.0.1:53 has nobody who listens at this UDP port");
    }

    private void signal(String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(dnsmasq.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static void assertUp(Object... keysAndValues) throws Exception {
        var result = look(keysAndValues);
        assertThat(result.health()).as(result.reason()).isEqualTo(Health.UP);
    }

    private static String[] list(String... values) {
        return values;
    }

    private static CheckResult look(Object... keysAndValues) throws Exception {
        Map<String, Object> keys = new HashMap<>(Map.of("reply.wait", 10.0));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return Look.at(new DnsCheckFactory().create("t", Keys.of(DnsKeys.class, keys)), 20_000);
    }
}
