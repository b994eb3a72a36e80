package io.halcyon.check.http;

import java.io.IOException;

/** What is wrong with an answer, in one sentence; made often, so without a stack trace. */
final class Fault extends IOException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 80;

    Fault(String sentence) {
        super(sentence);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    /** Something from the network, fit for a log line. */
    static String shown(CharSequence text) {
        var cut = text.length() > SHOWN ? text.subSequence(0, SHOWN) + "..." : text.toString();
        return '"' + cut.replaceAll("[^\\x20-\\x7e]", "?") + '"';
    }
}
