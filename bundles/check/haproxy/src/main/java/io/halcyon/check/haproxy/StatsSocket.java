package io.halcyon.check.haproxy;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** HAProxy's own socket. Immutable. */
record StatsSocket(Path path, int limitBytes) {

    private static final byte[] QUESTION = "show info;show stat\n".getBytes(StandardCharsets.US_ASCII);

    /**
     * Asks for both in one connection, and waits for the whole answer.
     *
     * @throws IOException if there is no answer, saying why
     */
    Finding ask(long deadlineNanos) throws IOException, InterruptedException {
        var answer = Exchange.ask(UnixDomainSocketAddress.of(path), Way.ANY, QUESTION, limitBytes, deadlineNanos);
        var text = new String(answer, StandardCharsets.UTF_8);
        if (text.isEmpty()) {
            throw new IOException("the connection was closed without an answer");
        }
        return new Finding(RunningProcess.parse(text), Statistics.parse(text));
    }
}
