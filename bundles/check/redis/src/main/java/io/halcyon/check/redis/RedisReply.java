package io.halcyon.check.redis;

/**
 * A reply of the Redis protocol, as far as a check needs them. Immutable.
 *
 * @param kind its first byte: {@code +} a word, {@code -} an error, {@code $} a text, {@code :} a number
 * @param text what it says; control characters and all
 */
record RedisReply(char kind, String text) {

    boolean isError() {
        return kind == '-';
    }

    /** The first word of an error, which is its code. */
    String code() {
        int blank = text.indexOf(' ');
        return blank < 0 ? text : text.substring(0, blank);
    }
}
