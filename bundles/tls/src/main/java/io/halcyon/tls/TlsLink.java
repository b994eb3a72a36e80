package io.halcyon.tls;

import io.halcyon.spi.check.CheckRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** One connection: records on the side of the wire, plaintext on the side of the handler. Owned by the thread of the run. */
final class TlsLink implements CheckRun.Handler, TlsConnection {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Handshakes, tickets and other records without data that a server may send in a row. */
    private static final int FRUITLESS_BYTES_MOST = 256 << 10;

    private final SSLEngine engine;
    private final boolean closeNotify;
    private final @Nullable ServerIdentity identity;
    private final CheckRun.Handler handler;
    private final CheckRun run;
    private CheckRun.@Nullable Connection wire;
    private @Nullable ByteBuffer incomplete;
    private int fruitlessBytes;
    private boolean handshakeDone;
    private boolean over;

    TlsLink(
            SSLEngine engine,
            boolean closeNotify,
            @Nullable ServerIdentity identity,
            CheckRun.Handler handler,
            CheckRun run) {
        this.engine = engine;
        this.closeNotify = closeNotify;
        this.identity = identity;
        this.handler = handler;
        this.run = run;
    }

    @Override
    public void onConnected(CheckRun.Connection connection) {
        wire = connection;
        try {
            engine.beginHandshake();
            proceed(NOTHING);
        } catch (IOException | RuntimeException e) {
            fail(e instanceof IOException failure ? failure : new SSLException(Sentence.oneLine(e), e));
        }
    }

    @Override
    public void onData(CheckRun.Connection connection, ByteBuffer data) {
        if (over) {
            return;
        }
        var input = joined(data);
        try {
            proceed(input);
        } catch (IOException e) {
            fail(e);
            return;
        }
        keep(input);
    }

    @Override
    public void onClosed(@Nullable IOException cause) {
        if (!over) {
            over = true;
            handler.onClosed(wire == null ? cause : Sentence.ofEnd(handshakeDone, cause));
        }
    }

    @Override
    public void write(ByteBuffer data) {
        try {
            while (!over && data.hasRemaining()) {
                if (wrap(data).bytesConsumed() == 0) {
                    throw new SSLException("the server began another handshake while something was to be sent");
                }
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    @Override
    public void close() {
        if (over) {
            return;
        }
        over = true;
        if (closeNotify) {
            sayGoodbye();
        }
        closeWire();
    }

    @Override
    public SSLSession session() {
        return engine.getSession();
    }

    @Override
    public String applicationProtocol() {
        var protocol = engine.getApplicationProtocol();
        return protocol == null ? "" : protocol;
    }

    /** What was left of an earlier record with what came now; the data itself if nothing was. */
    private ByteBuffer joined(ByteBuffer data) {
        var begun = incomplete;
        if (begun == null) {
            return data;
        }
        if (begun.remaining() < data.remaining()) {
            int bytes = begun.position() + data.remaining();
            begun = ByteBuffer.allocate(Math.max(bytes, 2 * begun.capacity())).put(begun.flip());
        }
        incomplete = begun;
        return begun.put(data).flip();
    }

    private void keep(ByteBuffer input) {
        var begun = incomplete;
        if (over || !input.hasRemaining()) {
            incomplete = null;
        } else if (begun == null) {
            incomplete = ByteBuffer.allocate(2 * input.remaining()).put(input);
        } else {
            begun.compact();
        }
    }

    private void proceed(ByteBuffer input) throws IOException {
        while (!over) {
            var status = engine.getHandshakeStatus();
            if (status == HandshakeStatus.NEED_TASK) {
                runTasks();
            } else if (status == HandshakeStatus.NEED_WRAP) {
                if (wrap(NOTHING).getStatus() != Status.OK) {
                    throw new SSLException("the TLS connection ended");
                }
            } else if (!unwrap(input)) {
                return;
            }
            if (!handshakeDone && engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING) {
                finishHandshake();
            }
        }
    }

    private void runTasks() throws SSLException {
        try {
            for (var task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
        } catch (RuntimeException e) {
            throw malformed(e);
        }
    }

    private void finishHandshake() throws IOException {
        if (identity != null) {
            try {
                identity.check(engine.getSession());
            } catch (RefusedCertificate e) {
                throw new IOException(e.getMessage(), e);
            }
        }
        handshakeDone = true;
        run.step("tls", session().getProtocol() + " " + session().getCipherSuite());
        handler.onConnected(this);
    }

    /** Takes one record in; false if it is not there yet. */
    private boolean unwrap(ByteBuffer input) throws IOException {
        if (!input.hasRemaining()) {
            return false;
        }
        var plaintext = Scratch.take(engine.getSession().getApplicationBufferSize());
        try {
            var result = decrypt(input, plaintext);
            if (result.getStatus() == Status.CLOSED) {
                end();
                return false;
            }
            if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                throw new SSLException("the server sent a record that is larger than was agreed upon");
            }
            deliver(result, plaintext.flip());
            return result.getStatus() == Status.OK && (result.bytesConsumed() > 0 || isBusy());
        } finally {
            Scratch.putBack(plaintext);
        }
    }

    private SSLEngineResult decrypt(ByteBuffer input, ByteBuffer plaintext) throws SSLException {
        try {
            return engine.unwrap(input, plaintext);
        } catch (RuntimeException e) {
            throw malformed(e);
        }
    }

    private boolean isBusy() {
        var status = engine.getHandshakeStatus();
        return status == HandshakeStatus.NEED_TASK || status == HandshakeStatus.NEED_WRAP;
    }

    private void deliver(SSLEngineResult result, ByteBuffer plaintext) throws SSLException {
        if (plaintext.hasRemaining()) {
            fruitlessBytes = 0;
            handler.onData(this, plaintext);
            return;
        }
        fruitlessBytes += result.bytesConsumed();
        if (fruitlessBytes > FRUITLESS_BYTES_MOST) {
            throw new SSLException("the server sent 256 KiB of TLS without any data in it");
        }
    }

    private SSLEngineResult wrap(ByteBuffer plaintext) throws IOException {
        var records = Scratch.take(engine.getSession().getPacketBufferSize());
        try {
            var result = engine.wrap(plaintext, records);
            records.flip();
            var connection = wire;
            if (records.hasRemaining() && connection != null) {
                connection.write(
                        ByteBuffer.allocate(records.remaining()).put(records).flip());
            }
            return result;
        } catch (RuntimeException e) {
            throw malformed(e);
        } finally {
            Scratch.putBack(records);
        }
    }

    private static SSLException malformed(RuntimeException e) {
        return new SSLException("what the server sent makes no sense: " + Sentence.oneLine(e), e);
    }

    /** The server said that nothing more will come. */
    private void end() {
        over = true;
        closeWire();
        handler.onClosed(null);
    }

    private void fail(IOException cause) {
        if (over) {
            return;
        }
        over = true;
        sayGoodbye();
        closeWire();
        var told = cause instanceof SSLException ? Sentence.of(cause) : cause;
        if (!handshakeDone) {
            run.step("tls", String.valueOf(told.getMessage()));
        }
        handler.onClosed(told);
    }

    /** An alert that says what is wrong, or that nothing is; nobody waits for an answer. */
    private void sayGoodbye() {
        engine.closeOutbound();
        try {
            if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                wrap(NOTHING);
            }
        } catch (IOException notEvenThat) {
            closeWire();
        }
    }

    private void closeWire() {
        var connection = wire;
        if (connection != null) {
            connection.close();
        }
    }
}
