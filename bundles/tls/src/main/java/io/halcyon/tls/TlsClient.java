package io.halcyon.tls;

import io.halcyon.spi.check.CheckRun;
import java.net.IDN;
import java.net.InetSocketAddress;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Opens TLS connections within the runs of a check. Immutable and thread-safe; make one per check and keep it, since its
 * sessions are what makes the next handshake cheap.
 *
 * <p>Handlers see plaintext, on the thread of the run, and never an exception: whatever goes wrong, on the wire or with a
 * certificate, is one sentence in {@link CheckRun.Handler#onClosed}. A connection that ends without the announcement that
 * TLS asks for ends with an {@link java.io.EOFException}: what was read may have been cut off. What a server can make us
 * keep is bounded by one record and 256 KiB of handshake.
 */
public final class TlsClient {

    /** A resumed session proves nothing new about the server's key, so every now and then a full handshake is wanted. */
    private static final int SESSION_SECONDS = 300;

    private static final int SESSIONS_MOST = 64;

    private final SSLContext context;
    private final TlsOptions options;

    private TlsClient(SSLContext context, TlsOptions options) {
        this.context = context;
        this.options = options;
    }

    /**
     * Makes a client; the files are read here and never again.
     *
     * @throws IllegalArgumentException if a file cannot be used; the message names the file and what is allowed
     */
    public static TlsClient of(TlsOptions options) {
        var context = TlsContext.of(options).jdk();
        context.getClientSessionContext().setSessionTimeout(SESSION_SECONDS);
        context.getClientSessionContext().setSessionCacheSize(SESSIONS_MOST);
        return new TlsClient(context, options);
    }

    /**
     * Opens a connection; {@code handler} hears {@code onConnected} with a {@link TlsConnection} after the handshake.
     *
     * @param serverName name that the server is asked for (SNI), null for none; an address is not sent
     * @throws IllegalArgumentException if {@code serverName} is no host name
     */
    public void connect(CheckRun run, InetSocketAddress target, @Nullable String serverName, CheckRun.Handler handler) {
        run.connect(target, link(run, target, serverName, handler));
    }

    /**
     * Begins TLS on a connection that is open. From now on its owner hands {@code onData} and {@code onClosed} to the handler
     * that is returned, beginning with what is left of the current data, and writes to it no more.
     *
     * @param run whose step {@code tls} it is
     * @param target whom the connection was opened to
     * @param serverName as for {@link #connect}
     * @param handler hears {@code onConnected} with a {@link TlsConnection} after the handshake
     * @throws IllegalArgumentException if {@code serverName} is no host name
     */
    public CheckRun.Handler startTls(
            CheckRun run,
            CheckRun.Connection open,
            InetSocketAddress target,
            @Nullable String serverName,
            CheckRun.Handler handler) {
        var link = link(run, target, serverName, handler);
        link.onConnected(open);
        return link;
    }

    private TlsLink link(
            CheckRun run, InetSocketAddress target, @Nullable String serverName, CheckRun.Handler handler) {
        var address = target.isUnresolved()
                ? target.getHostString()
                : target.getAddress().getHostAddress();
        var name = serverName == null ? null : plain(serverName);
        return new TlsLink(
                engine(address, target.getPort(), name), options.closeNotify(), identity(address, name), handler, run);
    }

    private @Nullable ServerIdentity identity(String address, @Nullable String serverName) {
        if (!options.verify()) {
            return null;
        }
        if (!options.verifyName().isEmpty()) {
            return new ServerIdentity(plain(options.verifyName()));
        }
        return new ServerIdentity(serverName == null ? address : serverName);
    }

    private SSLEngine engine(String address, int port, @Nullable String serverName) {
        // Sessions are kept by this pair: one per server, and per name that it is asked for.
        var engine = context.createSSLEngine(serverName == null ? address : serverName + "@" + address, port);
        engine.setUseClientMode(true);
        var parameters = engine.getSSLParameters();
        parameters.setServerNames(sni(serverName));
        parameters.setProtocols(options.protocols().toArray(String[]::new));
        parameters.setApplicationProtocols(options.applicationProtocols().toArray(String[]::new));
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static List<SNIServerName> sni(@Nullable String serverName) {
        if (serverName == null || ServerIdentity.isAddress(serverName)) {
            return List.of();
        }
        return List.of(new SNIHostName(serverName));
    }

    private static String plain(String name) {
        var rooted = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (rooted.isEmpty()) {
            throw new IllegalArgumentException("server name " + name + ": allowed is a host name");
        }
        return ServerIdentity.isAddress(rooted) ? rooted : IDN.toASCII(rooted);
    }
}
