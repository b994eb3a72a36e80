package io.halcyon.check.dns;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * What is asked. Immutable.
 *
 * @param recursion whether the server is asked to ask others
 */
record Question(Name name, int type, int dclass, boolean recursion) {

    private static final List<Integer> CLASSES = List.of(DClass.IN, DClass.CH, DClass.HS);

    /** The codes of a server that did not even look at the question, which it may leave out. */
    private static final List<Integer> REFUSALS = List.of(Rcode.FORMERR, Rcode.SERVFAIL, Rcode.NOTIMP, Rcode.REFUSED);

    /** @throws IllegalArgumentException saying what is allowed */
    static Name name(String text) {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException("a domain name", e);
        }
    }

    /** @throws IllegalArgumentException saying what is allowed */
    static int type(String text) {
        int type = Type.value(text.toUpperCase(Locale.ROOT), false);
        if (type <= 0 || (!Type.isRR(type) && type != Type.ANY)) {
            throw new IllegalArgumentException("a record type, such as A, AAAA, SOA, TXT or ANY");
        }
        return type;
    }

    /** @throws IllegalArgumentException saying what is allowed */
    static int dclass(String text) {
        int dclass = DClass.value(text);
        if (!CLASSES.contains(dclass)) {
            throw new IllegalArgumentException("IN, CH or HS");
        }
        return dclass;
    }

    byte[] query(int id) {
        var query = Message.newQuery(Record.newRecord(name, type, dclass));
        query.getHeader().setID(id);
        if (!recursion) {
            query.getHeader().unsetFlag(Flags.RD);
        }
        return query.toWire();
    }

    /** Reads what came back for the query of that id. */
    Message read(byte[] data, int id) throws NoAnswer {
        Message message;
        try {
            message = new Message(data);
        } catch (IOException | RuntimeException e) {
            // It is written by whoever answers: whatever the parser makes of that, it is no DNS message.
            throw new NoAnswer("is no DNS message", e);
        }
        var fault = faultOf(message, id);
        if (fault != null) {
            throw new NoAnswer(fault, null);
        }
        return message;
    }

    private @Nullable String faultOf(Message message, int id) {
        var header = message.getHeader();
        if (header.getID() != id) {
            return "has another identifier";
        }
        if (!header.getFlag(Flags.QR) || header.getOpcode() != 0) {
            return "is no answer to a query";
        }
        var questions = message.getSection(Section.QUESTION);
        boolean isLeftOut = questions.isEmpty() && REFUSALS.contains(message.getRcode());
        return isLeftOut || (questions.size() == 1 && isThis(questions.get(0))) ? null : "answers another question";
    }

    private boolean isThis(Record question) {
        return question.getName().equals(name) && question.getType() == type && question.getDClass() == dclass;
    }

    @Override
    public String toString() {
        return name + (dclass == DClass.IN ? " " : " " + DClass.string(dclass) + " ") + Type.string(type);
    }
}
