package io.halcyon.check.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What an answer has to be. Immutable.
 *
 * @param codes status codes that are fine
 * @param digest of the body, null for any
 * @param pattern what is looked for in the body, null for nothing
 * @param json what is looked for in a JSON body, null for nothing
 */
record Expectation(
        StatusCodes codes, @Nullable BodyDigest digest, @Nullable BodyPattern pattern, @Nullable JsonPlace json) {

    private static final String GZIP = "gzip";

    /** An answer to be filled. */
    Answer begin(int mostBytes, boolean gzip) {
        return new Answer(gzip ? new Body(mostBytes, null, true) : plain(mostBytes));
    }

    /**
     * What is wrong with an answer, null if nothing is.
     *
     * @param gzip whether compression was asked for
     */
    @Nullable
    String faultOf(Answer answer, int mostBytes, boolean gzip) throws IOException {
        if (!codes.contains(answer.status)) {
            return "HTTP " + answer.status + ", allowed is " + codes;
        }
        // An answer to HEAD says how a body would be compressed, and has none.
        if (!gzip || answer.body.isEmpty()) {
            return faultOf(answer.body);
        }
        var body = plain(mostBytes);
        if (answer.contentEncoding.equalsIgnoreCase(GZIP)) {
            answer.body.inflateInto(body);
        } else {
            body.add(ByteBuffer.wrap(answer.body.bytes()));
        }
        return faultOf(body);
    }

    private Body plain(int mostBytes) {
        return new Body(mostBytes, digest == null ? null : digest.begin(), pattern != null || json != null);
    }

    private @Nullable String faultOf(Body body) {
        var fault = digest == null ? null : digest.faultOf(body);
        if (fault == null && pattern != null) {
            fault = pattern.faultOf(body.text());
        }
        if (fault == null && json != null) {
            fault = json.faultOf(body.bytes());
        }
        return fault;
    }
}
