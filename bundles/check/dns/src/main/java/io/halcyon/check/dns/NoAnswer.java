package io.halcyon.check.dns;

import org.jspecify.annotations.Nullable;

/** What came is not the answer to our question; the message continues "the answer ...". */
final class NoAnswer extends Exception {

    private static final long serialVersionUID = 1;

    private final String words;

    NoAnswer(String words, @Nullable Exception cause) {
        super(words, cause);
        this.words = words;
    }

    String words() {
        return words;
    }
}
