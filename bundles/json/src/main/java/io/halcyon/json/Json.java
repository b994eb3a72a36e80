package io.halcyon.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.notify.DeadLetter;
import java.io.IOException;

/**
 * Records of the api as JSON and back; the one form that every reader gets. The README documents its fields.
 *
 * <p>Thread-safe. Jackson is loaded at the first call, not before; {@code line} does without.
 */
public final class Json {

    /** Loaded with its first use. */
    private static final class Holder {
        private static final ObjectMapper MAPPER = Mapper.create();
    }

    private Json() {}

    /** On one line: a record of the api, or a list or map of them. */
    public static String write(Object value) {
        try {
            return Holder.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw notOfTheApi(value.getClass(), e);
        }
    }

    /**
     * The same as {@link #write}, for who writes early: without loading what reading needs. Who writes line after line
     * has a {@link LineBuffer}.
     */
    public static String line(EventRecord record) {
        return LineWriter.line(record);
    }

    /** The same as {@link #write}, without loading what reading needs. */
    public static String line(DeadLetter letter) {
        return LineWriter.line(letter);
    }

    /** Indented, for people. */
    public static String pretty(Object value) {
        try {
            return Holder.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw notOfTheApi(value.getClass(), e);
        }
    }

    /**
     * Back from {@link #write} or {@link #pretty}. Fields that are not known are left out: they come from a newer version.
     *
     * @throws IllegalArgumentException if the text is not JSON of this type
     */
    public static <T> T read(String json, Class<T> type) {
        try {
            return Holder.MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
        }
    }

    /**
     * The same from some bytes of UTF-8.
     *
     * @throws IllegalArgumentException if they are not JSON of this type
     */
    public static <T> T read(byte[] json, int from, int length, Class<T> type) {
        try {
            return Holder.MAPPER.readValue(json, from, length, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    private static IllegalArgumentException notOfTheApi(Class<?> type, JsonProcessingException cause) {
        return new IllegalArgumentException(type.getName() + " has no JSON form", cause);
    }
}
