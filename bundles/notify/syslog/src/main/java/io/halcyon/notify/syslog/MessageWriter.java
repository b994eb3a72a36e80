package io.halcyon.notify.syslog;

import io.halcyon.api.event.EventRecord;
import io.halcyon.api.event.Severity;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Writes events as messages of syslog, each on one line and no longer than asked for. Thread-safe. */
final class MessageWriter {

    private static final DateTimeFormatter RFC5424_TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final byte[] CUT = {'.', '.', '.'};
    /** What the text is to have at least before the structured data is left out for it. */
    private static final int LEAST_TEXT_BYTES = 128;

    private static final int LONGEST_HOST_NAME = 255;

    private final Style style;
    private final String processId = String.valueOf(ProcessHandle.current().pid());

    MessageWriter(Style style) {
        this.style = style;
    }

    byte[] write(EventRecord record) {
        var text = encoded(oneLine(style.keepalived() ? KeepalivedWords.of(record.event()) : HalcyonWords.of(record)));
        if (style.header() != Style.Header.RFC5424) {
            return joined(oldHeader(record), text);
        }
        var header = header(record);
        var structured = style.structuredId().isEmpty() ? "-" : StructuredData.of(style.structuredId(), record);
        int room = style.mostBytes() - bytes(header + structured + " ").length;
        boolean fits = room >= Math.min(text.length, LEAST_TEXT_BYTES);
        return joined(header + (fits ? structured : "-") + " ", text);
    }

    // RFC 5424 section 6: HEADER = PRI VERSION SP TIMESTAMP SP HOSTNAME SP APP-NAME SP PROCID SP MSGID
    private String header(EventRecord record) {
        return priority(record) + "1 " + RFC5424_TIME.format(record.at()) + " " + hostName(record) + " "
                + style.appName() + " " + processId + " "
                + record.event().kind().word() + " ";
    }

    // RFC 3164 section 4.1, as it is read in the wild: local time, the tag with the process in brackets.
    private String oldHeader(EventRecord record) {
        var host = style.header() == Style.Header.LOCAL ? "" : hostName(record) + " ";
        return priority(record) + oldTime(record.at()) + " " + host + style.appName() + "[" + processId + "]: ";
    }

    private static String oldTime(Instant at) {
        var time = at.atZone(ZoneId.systemDefault());
        return String.format(
                Locale.ROOT,
                "%s %2d %02d:%02d:%02d",
                MONTHS.get(time.getMonthValue() - 1),
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond());
    }

    private String priority(EventRecord record) {
        return "<" + (style.facility() * 8 + level(record.event().severity())) + ">";
    }

    /** RFC 5424 table 2. */
    private static int level(Severity severity) {
        return switch (severity) {
            case CRITICAL -> 2;
            case WARNING -> 4;
            case INFO -> 6;
        };
    }

    private String hostName(EventRecord record) {
        var name = style.hostName().isEmpty() ? record.node() : style.hostName();
        var plain = name.replaceAll("[^!-~]", "-");
        if (plain.isEmpty()) {
            return "-";
        }
        return plain.length() <= LONGEST_HOST_NAME ? plain : plain.substring(0, LONGEST_HOST_NAME);
    }

    /** RFC 5424 section 6.4: UTF-8 has a mark in front; plain ASCII is what it is without one. */
    private byte[] encoded(String text) {
        var encoded = bytes(text);
        boolean ascii = encoded.length == text.length();
        return ascii || style.header() != Style.Header.RFC5424 ? encoded : joinedBytes(BYTE_ORDER_MARK, encoded);
    }

    private byte[] joined(String header, byte[] text) {
        var front = bytes(header);
        int room = style.mostBytes() - front.length;
        if (text.length <= room) {
            return joinedBytes(front, text);
        }
        int kept = characterEnd(text, Math.max(0, room - CUT.length));
        return joinedBytes(front, Arrays.copyOf(text, kept), CUT);
    }

    /** The last end of a character of UTF-8 that is not behind a place. */
    private static int characterEnd(byte[] text, int place) {
        int end = place;
        while (end > 0 && (text[end] & 0xc0) == 0x80) {
            end--;
        }
        return end;
    }

    private static byte[] joinedBytes(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What others wrote must not begin a message of its own. */
    static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
