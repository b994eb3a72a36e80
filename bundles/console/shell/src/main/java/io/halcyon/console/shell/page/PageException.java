package io.halcyon.console.shell.page;

import java.io.IOException;

/** A page could not be fetched; the message is a sentence for whoever asked. */
public final class PageException extends IOException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN_MOST = 80;

    PageException(String message) {
        super(message);
    }

    PageException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What a server sent, short and without what moves a terminal's cursor. */
    static String shown(CharSequence text) {
        String begin = text.length() > SHOWN_MOST ? text.subSequence(0, SHOWN_MOST) + "..." : text.toString();
        return "'" + begin.replaceAll("[^ -~]", "?") + "'";
    }
}
