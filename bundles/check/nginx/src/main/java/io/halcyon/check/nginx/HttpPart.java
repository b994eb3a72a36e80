package io.halcyon.check.nginx;

import org.jspecify.annotations.Nullable;

/**
 * The answer that a probe expects. Immutable.
 *
 * @param probe how it asks
 * @param codes status codes that are fine
 * @param body text that must be in the answer, empty for any
 */
record HttpPart(HttpProbe probe, StatusCodes codes, String body) {

    /** What is wrong with the answer, null if nothing is. */
    @Nullable
    String faultOf(HttpProbe.Answer answer) {
        if (!codes.contains(answer.status())) {
            return probe.url() + " answered " + answer.status() + ", allowed is " + codes;
        }
        if (!answer.body().contains(body)) {
            return "the answer of " + probe.url() + " does not contain \"" + body + "\"";
        }
        return null;
    }
}
