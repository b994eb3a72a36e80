package io.halcyon.check.http;

/** What a server answered. Filled by a reader; owned by one exchange. */
final class Answer {

    final Body body;
    int status;
    String location = "";
    String contentEncoding = "";

    Answer(Body body) {
        this.body = body;
    }

    /** Takes note of a header field if it matters. */
    void header(String name, String value) {
        if (name.equalsIgnoreCase("location")) {
            location = value;
        } else if (name.equalsIgnoreCase("content-encoding")) {
            contentEncoding = value;
        }
    }

    /** RFC 9110 section 6.4.1. */
    boolean hasNoBody() {
        return status / 100 == 1 || status == 204 || status == 304;
    }
}
