package io.halcyon.spi.keys;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A key and its value as a factory reads them. Whatever is wrong with a value, people read the same sentence:
 * {@code KEY = VALUE is refused: allowed is ...}.
 */
public final class KeyValue {

    private KeyValue() {}

    /**
     * What a factory throws for a value that cannot be used.
     *
     * @param key as it is written in the file
     * @param value as it is written there; never a secret
     * @param allowed what would be right, to be read behind "allowed is"
     */
    public static IllegalArgumentException refused(String key, Object value, String allowed) {
        return refused(key, value, allowed, null);
    }

    /** The same with what it came of. */
    public static IllegalArgumentException refused(
            String key, Object value, String allowed, @Nullable Throwable cause) {
        return new IllegalArgumentException(key + " = " + value + " is refused: allowed is " + allowed, cause);
    }

    /**
     * Makes something of a value.
     *
     * @param made throws {@link IllegalArgumentException} with what is allowed as its message if the value cannot be used
     * @throws IllegalArgumentException the whole sentence
     */
    public static <T> T named(String key, Object value, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw refused(key, value, String.valueOf(e.getMessage()), e);
        }
    }
}
