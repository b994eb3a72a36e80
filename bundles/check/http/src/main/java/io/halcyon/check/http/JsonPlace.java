package io.halcyon.check.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A place in a JSON body and what must be there.
 *
 * @param pointer RFC 6901
 * @param value text of what must be there, empty for anything
 */
record JsonPlace(JsonPointer pointer, String value) {

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * Reads a pointer.
     *
     * @throws IllegalArgumentException saying what is allowed
     */
    static JsonPlace of(String pointer, String value) {
        try {
            return new JsonPlace(JsonPointer.compile(pointer), value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a JSON pointer such as /status or /nodes/0/state", e);
        }
    }

    /** What is wrong with a body, null if nothing is. */
    @Nullable
    String faultOf(byte[] body) {
        try (JsonParser parser = new FilteringParserDelegate(
                JSON.createParser(body), new JsonPointerBasedFilter(pointer), Inclusion.ONLY_INCLUDE_ALL, false)) {
            var token = parser.nextToken();
            if (token == null) {
                return "the JSON has nothing at " + pointer;
            }
            if (value.isEmpty()) {
                return null;
            }
            if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
                return "the JSON has " + (token == JsonToken.START_OBJECT ? "an object" : "an array") + " at " + pointer
                        + ", expected is " + value;
            }
            var found = parser.getText();
            return value.equals(found)
                    ? null
                    : "the JSON has " + Fault.shown(found) + " at " + pointer + ", expected is " + value;
        } catch (IOException e) {
            return "the body is not JSON: " + Fault.shown(String.valueOf(e.getMessage()));
        }
    }
}
