package io.halcyon.check.dns;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** The data of one record that an answer should have. Immutable. */
final class ExpectedData {

    private final String text;
    private final byte[] data;

    private ExpectedData(String text, byte[] data) {
        this.text = text;
        this.data = data;
    }

    /**
     * Reads data as they are in a zone file; those of TXT are the bare text.
     *
     * @throws IllegalArgumentException saying what is allowed
     */
    static ExpectedData of(Question question, String text) {
        if (question.type() == Type.TXT) {
            return new ExpectedData(text, text.getBytes(StandardCharsets.UTF_8));
        }
        try {
            var record = Record.fromString(question.name(), question.type(), question.dclass(), 0, text, Name.root);
            return new ExpectedData(text, record.rdataToWireCanonical());
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("data of a " + Type.string(question.type()) + " record", e);
        }
    }

    boolean isOf(Record record) {
        return Arrays.equals(data, record instanceof TXTRecord txt ? joined(txt) : record.rdataToWireCanonical());
    }

    /** A long text is in pieces of 255 octets. */
    private static byte[] joined(TXTRecord txt) {
        var joined = new ByteArrayOutputStream();
        txt.getStringsAsByteArrays().forEach(joined::writeBytes);
        return joined.toByteArray();
    }

    @Override
    public String toString() {
        return text;
    }
}
