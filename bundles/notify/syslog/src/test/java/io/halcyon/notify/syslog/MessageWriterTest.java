package io.halcyon.notify.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.event.Severity;
import io.halcyon.api.vrrp.RouterState;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageWriterTest {

    private static final long PID = ProcessHandle.current().pid();
    private static final String BYTE_ORDER_MARK = "\ufeff";

    @Test
    void everyFieldIsInItsPlace() {
        assertThat(rfc5424(Syslogs.transition(17, RouterState.BACKUP, RouterState.MASTER)))
                .isEqualTo("<30>1 2026-06-03T13:28:55.310987Z lb1 halcyon " + PID + " transition"
                        + " [halcyon@32473 id=\"17\" node=\"lb1\" kind=\"transition\" object=\"VI_1\" severity=\"info\""
                        + " from=\"BACKUP\" to=\"MASTER\" priority=\"100\" addresses=\"192.0.2.50/24\" causes=\"16\"]"
                        + " VI_1: BACKUP -> MASTER, the master fell silent");
    }

    @ParameterizedTest
    @CsvSource({"kern, 0", "daemon, 3", "auth, 4", "authpriv, 10", "ftp, 11", "local0, 16", "local7, 23"})
    void theFacilityAndTheSeverityAreThePriority(String word, int facility) {
        assertThat(rfc5424(Syslogs.verdict(1, "x"), "facility", word)).startsWith("<" + (facility * 8 + 2) + ">1 ");
        var warning = Syslogs.record(1, new Event.ConfigurationChange("VI_1", "refused", Severity.WARNING));
        assertThat(rfc5424(warning, "facility", word)).startsWith("<" + (facility * 8 + 4) + ">1 ");
        var info = Syslogs.record(1, new Event.PluginChange("exec", "came"));
        assertThat(rfc5424(info, "facility", word)).startsWith("<" + (facility * 8 + 6) + ">1 ");
    }

    @Test
    void whatIsUtf8SaysSoAndWhatIsAsciiIsLeftAlone() {
        assertThat(rfc5424(Syslogs.verdict(1, "進程 😀"), "structured.data", false))
                .endsWith(" verdict - " + BYTE_ORDER_MARK + "chk_web: UP -> DOWN, 進程 😀");
        assertThat(rfc5424(Syslogs.verdict(1, "no process"), "structured.data", false))
                .endsWith(" verdict - chk_web: UP -> DOWN, no process");
    }

    @Test
    void nothingLeavesItsPlace() {
        var nasty = "a\nb\"] \\ [x@1 y=\"z\"]\0\r\n<0>1 - - - - - - c";
        var event = new Event.VerdictChange(nasty, Health.UP, Health.DOWN, nasty);
        var record = new EventRecord(1, Syslogs.AT, 1, "l b1\n é", List.of(), event);

        assertThat(rfc5424(record))
                .startsWith("<26>1 2026-06-03T13:28:55.310987Z l-b1--- halcyon ")
                .contains(" object=\"a b\\\"\\] \\\\ [x@1 y=\\\"z\\\"\\] <0>1 - - - - - - c\" ")
                .endsWith(
                        "] a b\"] \\ [x@1 y=\"z\"] <0>1 - - - - - - c: UP -> DOWN, a b\"] \\ [x@1 y=\"z\"] <0>1 - - - - - -"
                                + " c")
                .doesNotContain("\n", "\r", "\0");
    }

    @Test
    void namesAreTheUsersToSay() {
        assertThat(rfc5424(
                        Syslogs.verdict(1, "x"),
                        "hostname",
                        "lb1.example.org",
                        "app.name",
                        "Keepalived_vrrp",
                        "structured.id",
                        "ha@4711.1"))
                .contains("Z lb1.example.org Keepalived_vrrp " + PID + " verdict [ha@4711.1 id=\"1\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {480, 481, 482, 483, 484, 485, 2048})
    void aLongTextIsCutBetweenCharacters(int most) throws Exception {
        var message =
                writer("transport", "tcp", "message.max", most).write(Syslogs.verdict(1, "x" + "é€😀".repeat(1_000)));

        assertThat(message.length).isBetween(most - 3, most);
        var text = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(message))
                .toString();
        assertThat(text).contains("[halcyon@32473 id=").endsWith("...");
    }

    @Test
    void structuredDataThatLeavesNoRoomIsLeftOut() {
        var longName = "n".repeat(400);
        var event = new Event.VerdictChange(longName, Health.UP, Health.DOWN, "y".repeat(400));
        var message = rfc5424(Syslogs.record(1, event), "message.max", 480);

        assertThat(message).contains(" verdict - " + longName.substring(0, 300)).hasSize(480);
    }

    @Test
    void aDatagramIsShorterThanOtherMessages() {
        var record = Syslogs.verdict(1, "x".repeat(10_000));

        assertThat(writer("transport", "udp").write(record)).hasSize(2_048);
        assertThat(writer("transport", "tcp").write(record)).hasSize(8_192);
        assertThat(writer("transport", "local").write(record)).hasSize(8_192);
    }

    @Test
    void aDigestIsOneLine() {
        var digest = new Event.Digest("log", List.of(Syslogs.verdict(1, "a"), Syslogs.verdict(2, "b")));

        assertThat(rfc5424(Syslogs.record(3, digest)))
                .endsWith("] log: 2 events: chk_web: UP -> DOWN, a; chk_web: UP -> DOWN, b");
    }

    @Test
    void theOldHeaderIsWhatTheSocketOfTheMachineIsReadWith() {
        var zone = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
            var text = "halcyon[" + PID + "]: chk_web: UP -> DOWN, é";

            assertThat(written(writer("transport", "local"), Syslogs.verdict(1, "é")))
                    .isEqualTo("<26>Jun  3 18:58:55 " + text);
            assertThat(written(writer("transport", "udp", "header", "rfc3164"), Syslogs.verdict(1, "é")))
                    .isEqualTo("<26>Jun  3 18:58:55 lb1 " + text);
            assertThat(written(writer("transport", "local", "header", "rfc5424"), Syslogs.verdict(1, "é")))
                    .startsWith("<26>1 2026-06-03T13:28:55.310987Z lb1 ");
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void aWholeSecondHasItsFractionToo() {
        var record = new EventRecord(
                1, Instant.parse("2026-12-31T23:59:59Z"), 1, "lb1", List.of(), new Event.PluginChange("exec", "came"));

        assertThat(rfc5424(record)).startsWith("<30>1 2026-12-31T23:59:59.000000Z lb1 ");
    }

    private static String rfc5424(EventRecord record, Object... more) {
        var keys = new ArrayList<Object>(List.of("transport", "tcp"));
        keys.addAll(List.of(more));
        return written(writer(keys.toArray()), record);
    }

    private static String written(MessageWriter writer, EventRecord record) {
        return new String(writer.write(record), StandardCharsets.UTF_8);
    }

    private static MessageWriter writer(Object... keys) {
        return new MessageWriter(StyleKeys.read(Syslogs.keys(keys)));
    }
}
