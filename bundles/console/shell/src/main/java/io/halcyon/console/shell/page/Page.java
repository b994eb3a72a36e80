package io.halcyon.console.shell.page;

import java.util.List;

/**
 * What a server answered.
 *
 * @param url that was asked last
 * @param address address and port that were connected to
 * @param redirects that were followed
 * @param status status code
 * @param header status line and header fields as they came
 * @param bytes length of the body
 * @param algorithm {@code MD5} or {@code SHA-256}
 * @param digest of the body, in lower-case hexadecimal digits
 */
public record Page(
        String url,
        String address,
        int redirects,
        int status,
        List<String> header,
        int bytes,
        String algorithm,
        String digest) {

    public Page {
        header = List.copyOf(header);
    }

    /** Whether a check takes it that says nothing of a status. */
    public boolean isFine() {
        return status / 100 == 2;
    }
}
