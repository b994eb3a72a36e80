package io.halcyon.check.http;

import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.CheckRun;
import io.halcyon.tls.TlsClient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks for one URL after the other; the first that does not answer as expected decides. */
final class HttpCheck implements AsynchronousCheck {

    private final List<Question> questions;
    private final Limits limits;
    private final @Nullable TlsClient tls;

    /**
     * @param tls how TLS is spoken, null for plaintext
     */
    HttpCheck(List<Question> questions, Limits limits, @Nullable TlsClient tls) {
        this.questions = List.copyOf(questions);
        this.limits = limits;
        this.tls = tls;
    }

    @Override
    public void look(CheckRun run) {
        new Visit(run, questions, limits, tls).begin();
    }
}
