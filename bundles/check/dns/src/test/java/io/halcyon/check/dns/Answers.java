package io.halcyon.check.dns;

import io.halcyon.testkit.DatagramPeer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What a server might answer to a query. */
final class Answers {

    /** Changes an answer that was right. */
    interface Twist {
        void change(Message answer) throws IOException;
    }

    private Answers() {}

    static byte[] to(byte[] query, Twist twist) throws IOException {
        var answer = new Message(query);
        answer.getHeader().setFlag(Flags.QR);
        twist.change(answer);
        return answer.toWire();
    }

    /** Records as in a zone file: name, type, data. */
    static Twist with(String... records) {
        return answer -> {
            for (var line : records) {
                var words = line.split(" ", 3);
                answer.addRecord(
                        Record.fromString(
                                Name.fromString(words[0], Name.root),
                                Type.value(words[1]),
                                answer.getQuestion().getDClass(),
                                60,
                                words[2],
                                Name.root),
                        Section.ANSWER);
            }
        };
    }

    static DatagramPeer.Scene scene(Twist twist) {
        return query -> List.of(to(query, twist));
    }

    /** As it goes over TCP. */
    static byte[] framed(byte[] message) {
        var framed = new byte[2 + message.length];
        ByteBuffer.wrap(framed).putShort((short) message.length).put(message);
        return framed;
    }
}
