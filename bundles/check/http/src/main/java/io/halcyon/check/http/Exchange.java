package io.halcyon.check.http;

import io.halcyon.spi.check.CheckRun;
import io.halcyon.tls.TlsConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One request and its answer on one connection. Owned by the thread of the run. */
final class Exchange implements CheckRun.Handler {

    private final HttpRequest request;
    private final Answer answer;
    private final Visit visit;
    private @Nullable AnswerReader reader;
    private boolean over;

    Exchange(HttpRequest request, Answer answer, Visit visit) {
        this.request = request;
        this.answer = answer;
        this.visit = visit;
    }

    /** Nothing, if it is connected by now. */
    void giveUpConnecting(long millis) {
        if (reader == null) {
            fail("no connection within " + millis + " ms (connect.timeout)");
        }
    }

    @Override
    public void onConnected(CheckRun.Connection connection) {
        if (over) {
            connection.close();
            return;
        }
        boolean http2 = request.template().protocol() == Protocol.HTTP_2;
        if (http2
                && connection instanceof TlsConnection secure
                && !secure.applicationProtocol().equals("h2")) {
            connection.close();
            fail("the server does not offer HTTP/2 (ALPN)");
            return;
        }
        reader = http2 ? new Http2Reader(answer, connection) : new Http1Reader(answer, request.isHead());
        connection.write(request.bytes().duplicate());
        visit.onRequest(request);
    }

    @Override
    public void onData(CheckRun.Connection connection, ByteBuffer data) {
        var current = reader;
        if (over || current == null) {
            return;
        }
        try {
            if (current.read(data)) {
                connection.close();
                finish();
            }
        } catch (IOException e) {
            connection.close();
            fail(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void onClosed(@Nullable IOException cause) {
        var current = reader;
        if (over) {
            return;
        }
        try {
            if (current == null) {
                throw cause == null ? new Fault("the server closed the connection at once") : cause;
            }
            current.end(cause);
            finish();
        } catch (IOException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    private void finish() {
        over = true;
        visit.onAnswer(request, answer);
    }

    private void fail(String fault) {
        if (!over) {
            over = true;
            visit.onFault(request, fault);
        }
    }
}
