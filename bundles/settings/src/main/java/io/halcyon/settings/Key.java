package io.halcyon.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One key of a {@link Schema}.
 *
 * @param name as in the {@code .cfg} file
 * @param kind what its value, or each member of a list, is
 * @param list whether it takes several values
 * @param required whether it must be given
 * @param defaultValue as one would write it, null if there is none
 * @param min smallest number, null for the type's own limit
 * @param max largest number, null for the type's own limit
 * @param options the only values it takes, empty for any
 * @param description meaning, for a person
 */
public record Key(
        String name,
        Kind kind,
        boolean list,
        boolean required,
        @Nullable String defaultValue,
        @Nullable String min,
        @Nullable String max,
        List<String> options,
        String description) {

    /** What a value is. */
    public enum Kind {
        TEXT,
        INTEGER,
        DECIMAL,
        BOOLEAN,
        /** Text that is never shown; key {@code x} can also be given as {@code x.file}. */
        SECRET
    }

    public Key {
        options = List.copyOf(options);
    }
}
