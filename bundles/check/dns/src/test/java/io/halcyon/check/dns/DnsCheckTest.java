package io.halcyon.check.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.testkit.DatagramPeer;
import io.halcyon.testkit.Keys;
import io.halcyon.testkit.Look;
import io.halcyon.testkit.ScriptedPeer;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

@Timeout(60)
class DnsCheckTest {

    private static final double AMPLE = 20;

    @Test
    void theRootIsAskedForAsKeepalivedDoes() throws Exception {
        try (var server = new DatagramPeer(Answers.scene(Answers.with(". SOA a. b. 1 2 3 4 5")))) {
            var result = look("connect.port", server.port());

            assertThat(result.reason()).isEqualTo("127.0.0.1:" + server.port() + " answers . SOA");
            assertThat(result.health()).isEqualTo(Health.UP);
            assertThat(result.latency()).isPositive();
            assertThat(result.details())
                    .containsEntry("protocol", "udp")
                    .containsEntry("rcode", "NOERROR")
                    .containsEntry("answers", "1")
                    .containsEntry("data", "a. b. 1 2 3 4 5");
            var query = new Message(server.received().get(0));
            assertThat(query.getHeader().getFlag(Flags.RD)).isTrue();
            assertThat(query.getHeader().getFlag(Flags.QR)).isFalse();
        }
    }

    @Test
    void recursionIsAskedForOrNotAndIdentifiersDiffer() throws Exception {
        try (var server = new DatagramPeer(Answers.scene(Answers.with("a.test A 192.0.2.1")))) {
            for (int i = 0; i < 8; i++) {
                look("connect.port", server.port(), "name", "a.test", "query.type", "a", "recursion", false);
            }

            var identifiers = new ArrayList<Integer>();
            for (var datagram : server.received()) {
                var query = new Message(datagram);
                assertThat(query.getHeader().getFlag(Flags.RD)).isFalse();
                assertThat(query.getQuestion().toString())
                        .contains("a.test.")
                        .contains("IN")
                        .endsWith("A");
                identifiers.add(query.getHeader().getID());
            }
            assertThat(identifiers).hasSize(8);
            assertThat(identifiers.stream().distinct().count()).isGreaterThan(6);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "A; a.test A 192.0.2.1; 192.0.2.1; any; answers a.test. A",
                "A; a.test A 192.0.2.1; 192.0.2.2; any; has none of the expected answers",
                "A; a.test A 192.0.2.1|a.test A 192.0.2.2; 192.0.2.9|192.0.2.2; any; answers a.test. A",
                "A; a.test A 192.0.2.1|a.test A 192.0.2.2; 192.0.2.2|192.0.2.1; all; answers a.test. A",
                "A; a.test A 192.0.2.1; 192.0.2.2|192.0.2.1; all; lacks an expected answer",
                "A; a.test A 192.0.2.1|a.test A 192.0.2.2; 192.0.2.1; all; answers a.test. A",
                "A; a.test A 192.0.2.1|a.test A 192.0.2.2; 192.0.2.1; exact; has others than the expected answers",
                "A; a.test A 192.0.2.1; 192.0.2.1; exact; answers a.test. A",
                "AAAA; a.test AAAA 2001:db8::1; 2001:DB8:0::1; any; answers a.test. AAAA",
                "MX; a.test MX 10 Mail.Test.; 10 mail.test; any; answers a.test. MX",
                "MX; a.test MX 10 mail.test.; 20 mail.test; any; has none of the expected answers",
                "TXT; a.test TXT \"v=1 \" \"all\"; v=1 all; exact; answers a.test. TXT",
                "NS; a.test NS ns.test.; ns.test.; any; answers a.test. NS",
                "A; a.test CNAME b.test.|b.test CNAME c.test.|c.test A 192.0.2.1; 192.0.2.1; exact; answers a.test. A",
                "CNAME; a.test CNAME b.test.; b.test; any; answers a.test. CNAME",
                "A; A.TEST A 192.0.2.1; 192.0.2.1; any; answers a.test. A",
                // Data that nobody asked for.
                "A; b.test A 192.0.2.1; 192.0.2.1; any; has no record of the type",
                "A; a.test CNAME b.test.; 192.0.2.1; any; has no record of the type",
                "A; a.test AAAA 2001:db8::1; 192.0.2.1; any; has no record of the type",
                "A; a.test CNAME b.test.|c.test A 192.0.2.1; 192.0.2.1; any; has no record of the type"
            })
    void theDataAreCompared(String type, String records, String expected, String match, String words) throws Exception {
        try (var server = new DatagramPeer(Answers.scene(Answers.with(records.split("\\|", -1))))) {
            var result = look(
                    "connect.port",
                    server.port(),
                    "name",
                    "a.test",
                    "query.type",
                    type,
                    "answers",
                    expected.split("\\|", -1),
                    "answers.match",
                    match);

            assertThat(result.reason()).contains("127.0.0.1:" + server.port()).endsWith(words);
            assertThat(result.health()).isEqualTo(words.startsWith("answers") ? Health.UP : Health.DOWN);
        }
    }

    @Test
    void anAnswerHasEnoughRecords() throws Exception {
        var two = Answers.with("a.test A 192.0.2.1", "a.test A 192.0.2.2");
        try (var server = new DatagramPeer(Answers.scene(two));
                var empty = new DatagramPeer(Answers.scene(answer -> {}))) {
            Object[] question = {"name", "a.test", "query.type", "A"};

            assertThat(look(with(question, "connect.port", server.port(), "answers.min", 2))
                            .health())
                    .isEqualTo(Health.UP);
            assertThat(look(with(question, "connect.port", server.port(), "answers.min", 3))
                            .reason())
                    .endsWith("has fewer records than answers.min = 3");
            assertThat(look(with(question, "connect.port", empty.port())).health())
                    .isEqualTo(Health.DOWN);
            assertThat(look(with(question, "connect.port", empty.port(), "answers.min", 0))
                            .health())
                    .isEqualTo(Health.UP);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NXDOMAIN, NXDOMAIN, UP",
        "NXDOMAIN, NOERROR, DOWN",
        "SERVFAIL, NOERROR, DOWN",
        "REFUSED, nxdomain, DOWN",
        "REFUSED, refused, UP"
    })
    void theResponseCodeIsJudged(String sent, String allowed, Health health) throws Exception {
        try (var server =
                new DatagramPeer(Answers.scene(answer -> answer.getHeader().setRcode(Rcode.value(sent))))) {
            var result = look("connect.port", server.port(), "name", "no.test", "rcode", new String[] {allowed});

            assertThat(result.health()).as(result.reason()).isEqualTo(health);
            assertThat(result.details()).containsEntry("rcode", sent);
            if (health == Health.DOWN) {
                assertThat(result.reason())
                        .endsWith("is " + sent + ", allowed is " + allowed.toUpperCase(java.util.Locale.ROOT));
            }
        }
    }

    @Test
    void aRefusalMayLeaveTheQuestionOut() throws Exception {
        Answers.Twist bare = answer -> {
            answer.removeAllRecords(Section.QUESTION);
            answer.getHeader().setRcode(Rcode.FORMERR);
        };
        try (var server = new DatagramPeer(Answers.scene(bare))) {
            assertThat(look("connect.port", server.port()).reason()).endsWith("is FORMERR, allowed is NOERROR");
        }
    }

    @Test
    void anAuthoritativeAnswerIsOneThatSaysSo() throws Exception {
        var record = Answers.with("a.test A 192.0.2.1");
        Answers.Twist own = answer -> {
            record.change(answer);
            answer.getHeader().setFlag(Flags.AA);
        };
        try (var cache = new DatagramPeer(Answers.scene(record));
                var master = new DatagramPeer(Answers.scene(own))) {
            Object[] question = {"name", "a.test", "query.type", "A", "authoritative", true};

            assertThat(look(with(question, "connect.port", cache.port())).reason())
                    .endsWith("is not authoritative");
            assertThat(look(with(question, "connect.port", master.port())).health())
                    .isEqualTo(Health.UP);
        }
    }

    @Test
    void aSlowAnswerIsDegraded() throws Exception {
        DatagramPeer.Scene late = query -> {
            try {
                TimeUnit.MILLISECONDS.sleep(40);
            } catch (InterruptedException e) {
                throw new java.io.InterruptedIOException();
            }
            return List.of(Answers.to(query, Answers.with(". SOA a. b. 1 2 3 4 5")));
        };
        try (var server = new DatagramPeer(late)) {
            var result = look("connect.port", server.port(), "latency.max", 0.03);

            assertThat(result.health()).isEqualTo(Health.DEGRADED);
            assertThat(result.reason()).endsWith("answers, but slower than latency.max = 0.03 s");
        }
    }

    @Test
    void aClosedPortIsDownAtOnce() throws Exception {
        int port = DatagramPeer.closedPort();

        assertThat(look("connect.port", port).reason())
                .isEqualTo("127.0.0.1:" + port + " has nobody who listens at this UDP port");
        assertThat(look("connect.port", ScriptedPeer.closedPort(), "protocol", "tcp")
                        .reason())
                .contains("cannot be asked by tcp: ");
    }

    @Test
    void whatIsNotTheAnswerIsIgnoredUntilTheAnswerComes() throws Exception {
        DatagramPeer.Scene forgers = query -> {
            var right = Answers.with("a.test A 192.0.2.1");
            var wrong = Answers.with("a.test A 192.0.2.66");
            return List.of(
                    new byte[] {1, 2, 3},
                    query,
                    Answers.to(query, answer -> {
                        wrong.change(answer);
                        answer.getHeader().setID(answer.getHeader().getID() ^ 1);
                    }),
                    Answers.to(query, answer -> {
                        answer.removeAllRecords(Section.QUESTION);
                        answer.addRecord(Record.newRecord(Name.fromString("b.test."), Type.A, 1), Section.QUESTION);
                    }),
                    Answers.to(query, answer -> {
                        wrong.change(answer);
                        answer.removeAllRecords(Section.QUESTION);
                    }),
                    Answers.to(query, right));
        };
        try (var server = new DatagramPeer(forgers)) {
            var result =
                    look("connect.port", server.port(), "name", "a.test", "query.type", "A", "answers", new String[] {
                        "192.0.2.1"
                    });

            assertThat(result.reason()).endsWith("answers a.test. A");
            assertThat(result.details()).containsEntry("data", "192.0.2.1");
        }
    }

    @Test
    void whatCameInstadOfAnAnswerIsSaid() throws Exception {
        DatagramPeer.Scene otherId = Answers.scene(
                answer -> answer.getHeader().setID(answer.getHeader().getID() ^ 1));
        try (var server = new DatagramPeer(otherId);
                var mute = new DatagramPeer(DatagramPeer.silence())) {
            assertThat(look("connect.port", server.port(), "reply.wait", 0.3).reason())
                    .endsWith("does not answer; what came has another identifier");
            assertThat(look("connect.port", mute.port(), "reply.wait", 0.1).reason())
                    .isEqualTo("127.0.0.1:" + mute.port() + " does not answer");
        }
    }

    @Test
    void aFloodOfRubbishEndsTheRun() throws Exception {
        // So many fit into the buffer of a socket.
        var rubbish = new byte[150][];
        Arrays.fill(rubbish, new byte[3]);
        try (var server = new DatagramPeer(query -> List.of(rubbish))) {
            var result = look("connect.port", server.port());

            assertThat(result.health()).isEqualTo(Health.DOWN);
            assertThat(result.reason()).endsWith("sends a flood of what is no answer; the last one is no DNS message");
        }
    }

    @Test
    void aTruncatedAnswerIsAskedForAgainByTcp() throws Exception {
        try (var tcp = new ScriptedPeer(answersByTcp(Answers.with("a.test A 192.0.2.1")));
                var udp = new DatagramPeer(
                        tcp.port(), Answers.scene(answer -> answer.getHeader().setFlag(Flags.TC)))) {
            Object[] question = {"connect.port", udp.port(), "name", "a.test", "query.type", "A"};

            var result = look(question);
            assertThat(result.reason()).endsWith("answers a.test. A");
            assertThat(result.details()).containsEntry("protocol", "tcp").containsEntry("data", "192.0.2.1");

            var without = look(with(question, "tcp.fallback", false));
            assertThat(without.reason()).endsWith("has no record of the type");
            assertThat(without.details()).containsEntry("protocol", "udp");

            int queries = udp.received().size();
            assertThat(look(with(question, "protocol", "tcp")).health()).isEqualTo(Health.UP);
            assertThat(udp.received()).hasSize(queries);
        }
    }

    @Test
    void aTruncatedAnswerOfAServerWithoutTcpIsDown() throws Exception {
        try (var udp =
                new DatagramPeer(Answers.scene(answer -> answer.getHeader().setFlag(Flags.TC)))) {
            assertThat(look("connect.port", udp.port()).reason()).contains("cannot be asked by tcp: ");
        }
    }

    @Test
    void hostileServersOverTcpAreDown() throws Exception {
        var hostile = new HashMap<String, ScriptedPeer.Scene>();
        hostile.put("closed the connection without an answer", ScriptedPeer.hears());
        hostile.put("cannot be asked by tcp", ScriptedPeer.hears().then(ScriptedPeer.resets()));
        hostile.put(
                "sent by tcp what is no DNS message", ScriptedPeer.hears().then(ScriptedPeer.says(new byte[] {0, 0})));
        hostile.put(
                "is no DNS message",
                ScriptedPeer.hears()
                        .then(ScriptedPeer.says(new byte[] {0, 3, 1, 2, 3}))
                        .then(ScriptedPeer.silence()));
        hostile.put("does not answer", ScriptedPeer.drips("never whole"));
        hostile.put("what ", ScriptedPeer.floods('x'));
        hostile.put("has another identifier", client -> {
            var query = read(client.getInputStream());
            query[0] ^= 1;
            client.getOutputStream().write(Answers.framed(Answers.to(query, answer -> {})));
            ScriptedPeer.silence().play(client);
        });
        hostile.put("without an answer", client -> {
            read(client.getInputStream());
            client.getOutputStream().write(new byte[] {(byte) 0xff, (byte) 0xff, 1, 2, 3});
        });
        for (var entry : hostile.entrySet()) {
            try (var server = new ScriptedPeer(entry.getValue())) {
                var result = look("connect.port", server.port(), "protocol", "tcp", "reply.wait", 2.0);

                assertThat(result.reason()).contains(entry.getKey());
                assertThat(result.health()).isEqualTo(Health.DOWN);
            }
        }
    }

    @Test
    void anAnswerInPiecesIsPutTogether() throws Exception {
        ScriptedPeer.Scene pieces = client -> {
            client.setTcpNoDelay(true);
            var framed =
                    Answers.framed(Answers.to(read(client.getInputStream()), Answers.with(". SOA a. b. 1 2 3 4 5")));
            for (byte next : framed) {
                client.getOutputStream().write(next);
            }
            ScriptedPeer.silence().play(client);
        };
        try (var server = new ScriptedPeer(pieces)) {
            assertThat(look("connect.port", server.port(), "protocol", "tcp").health())
                    .isEqualTo(Health.UP);
        }
    }

    /** Bytes of a right answer changed at random, also lengths and pointers: never anything but a verdict. */
    @Test
    void mutilatedAnswersAreSurvived() throws Exception {
        var random = new Random(4);
        var right = new AtomicReference<byte[]>();
        DatagramPeer.Scene mutilates = query -> {
            var answer = Answers.to(
                    query,
                    Answers.with(
                            "a.test CNAME b.test.", "b.test A 192.0.2.1", "b.test TXT x", "a.test SRV 1 2 3 c.test."));
            right.set(answer.clone());
            for (int i = random.nextInt(6); i > 0; i--) {
                answer[2 + random.nextInt(answer.length - 2)] = (byte) random.nextInt(256);
            }
            return List.of(random.nextInt(4) == 0 ? Arrays.copyOf(answer, random.nextInt(answer.length)) : answer);
        };
        try (var server = new DatagramPeer(mutilates)) {
            for (int i = 0; i < 50; i++) {
                var result =
                        look("connect.port", server.port(), "name", "a.test", "query.type", "A", "reply.wait", 0.02);
                assertThat(result.reason())
                        .contains("127.0.0.1:" + server.port())
                        .doesNotContain("\n");
            }
        }
        var question = new Question(Question.name("a.test"), Type.A, 1, true);
        int id = ((right.get()[0] & 0xff) << 8) | (right.get()[1] & 0xff);
        int read = 0;
        for (int i = 0; i < 100_000; i++) {
            var answer = right.get().clone();
            for (int changes = random.nextInt(6); changes > 0; changes--) {
                answer[2 + random.nextInt(answer.length - 2)] = (byte) random.nextInt(256);
            }
            try {
                Expectation.records(question, question.read(answer, id));
                read++;
            } catch (NoAnswer expected) {
                assertThat(expected.words()).isNotBlank();
            }
        }
        assertThat(read).isBetween(1_000, 99_000);
    }

    @Test
    void noThreadOfTheLibraryIsStarted() throws Exception {
        try (var server = new DatagramPeer(Answers.scene(Answers.with(". SOA a. b. 1 2 3 4 5")))) {
            look("connect.port", server.port());
        }

        assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
                .noneMatch(name -> name.contains("dnsjava"));
    }

    @ParameterizedTest
    @CsvSource({
        "name, a..b, a domain name",
        "query.type, B, a record type",
        "query.type, AXFR, a record type",
        "query.type, OPT, a record type",
        "query.class, XX, 'IN, CH or HS'",
        "connect.ip, 1.2.3, an address or a host name"
    })
    void badKeysAreRefused(String key, String value, String allowed) {
        assertThatThrownBy(() -> create(key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + " = " + value + " is refused: allowed is " + allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2", "x", "192.0.2.1 192.0.2.2", ""})
    void expectedAnswersAreDataOfTheType(String data) {
        assertThatThrownBy(() -> create("query.type", "A", "answers", new String[] {data}))
                .hasMessage("answers = " + data + " is refused: allowed is data of a A record");
    }

    @Test
    void otherResponseCodesAreRefused() {
        assertThatThrownBy(() -> create("rcode", new String[] {"NOERROR", "FINE"}))
                .hasMessageStartingWith("rcode = [NOERROR, FINE] is refused: allowed is response codes");
        assertThatThrownBy(() -> create("rcode", new String[] {}))
                .hasMessage("rcode = [] is refused: allowed is at least one response code");
    }

    @Test
    void itsStepsAreToldAndItComesFromWhereItIsTold() throws Exception {
        try (var server = new DatagramPeer(Answers.scene(Answers.with(". SOA a. b. 1 2 3 4 5")))) {
            var check = create("connect.port", server.port(), "bindto", "127.0.0.77");

            var steps = Look.withSteps(check, 20_000).details();

            assertThat(steps).containsKeys("step.request", "step.answer");
            assertThat(steps.get("step.answer")).contains("NOERROR");
        }
        var foreign = look("connect.port", 53, "bindto", "192.0.2.77");
        assertThat(foreign.reason()).isEqualTo("bindto = 192.0.2.77 is no address of this machine");
        assertThat(foreign.health()).isEqualTo(Health.UNKNOWN);
    }

    private static ScriptedPeer.Scene answersByTcp(Answers.Twist twist) {
        return client -> {
            client.getOutputStream().write(Answers.framed(Answers.to(read(client.getInputStream()), twist)));
            ScriptedPeer.silence().play(client);
        };
    }

    private static byte[] read(java.io.InputStream in) throws IOException {
        var data = new DataInputStream(in);
        var query = new byte[data.readUnsignedShort()];
        data.readFully(query);
        return query;
    }

    private static Object[] with(Object[] keysAndValues, Object... more) {
        var all = new ArrayList<>(List.of(keysAndValues));
        all.addAll(List.of(more));
        return all.toArray();
    }

    private static CheckResult look(Object... keysAndValues) throws Exception {
        return Look.at(create(keysAndValues), 20_000);
    }

    private static HealthCheck create(Object... keysAndValues) {
        Map<String, Object> keys = new HashMap<>(Map.of("reply.wait", AMPLE));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return new DnsCheckFactory().create("t", Keys.of(DnsKeys.class, keys));
    }
}
