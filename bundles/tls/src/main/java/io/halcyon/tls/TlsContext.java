package io.halcyon.tls;

import java.io.IOException;
import java.net.IDN;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * {@link TlsOptions} for who may wait for an answer: on a socket of his own, or handed to a client of the JDK. Immutable and
 * thread-safe; keep it, since its sessions are what makes the next handshake cheap.
 */
public final class TlsContext {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final SSLContext context;
    private final TlsOptions options;

    private TlsContext(SSLContext context, TlsOptions options) {
        this.context = context;
        this.options = options;
    }

    /**
     * Makes a context; the files are read here and never again.
     *
     * @throws IllegalArgumentException if a file cannot be used; the message names the file and what is allowed
     */
    public static TlsContext of(TlsOptions options) {
        TrustManager trust = options.verify() ? ChainTrust.of(options.caFile()) : new AnyCertificate();
        var certificate = options.clientCertificate();
        KeyManager[] keys = certificate == null ? new KeyManager[0] : ClientKey.read(certificate);
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(keys, new TrustManager[] {trust}, RANDOM);
            return new TlsContext(context, options);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no TLS", e);
        }
    }

    /**
     * Trust and keys as the JDK's clients want them. Who it is that answers is theirs to look at, as {@code java.net.http}
     * does.
     */
    public SSLContext jdk() {
        return context;
    }

    /**
     * Begins TLS on a connection that is open, and waits for the end of the handshake. Closing what is returned closes the
     * connection; on failure it is closed already.
     *
     * @param open connection; its read timeout limits each wait for the server
     * @param serverName name or address that the server is known by
     * @throws IOException one sentence on what was wrong
     */
    public SSLSocket secure(Socket open, String serverName, int port) throws IOException {
        try {
            var socket = (SSLSocket) context.getSocketFactory().createSocket(open, serverName, port, true);
            var parameters = socket.getSSLParameters();
            parameters.setProtocols(options.protocols().toArray(String[]::new));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            if (options.verify()) {
                identity(serverName).check(socket.getSession());
            }
            return socket;
        } catch (IOException e) {
            open.close();
            throw explained(e);
        } catch (RefusedCertificate e) {
            open.close();
            throw Sentence.of(e);
        }
    }

    /** What went wrong in one sentence if it has to do with TLS, otherwise the exception itself. */
    public static IOException explained(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException || cause instanceof RefusedCertificate) {
                return Sentence.of(e);
            }
        }
        return e;
    }

    private ServerIdentity identity(String serverName) {
        var name = options.verifyName().isEmpty() ? serverName : options.verifyName();
        return new ServerIdentity(ServerIdentity.isAddress(name) ? name : IDN.toASCII(name));
    }
}
