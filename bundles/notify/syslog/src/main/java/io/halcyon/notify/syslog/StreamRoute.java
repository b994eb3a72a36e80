package io.halcyon.notify.syslog;

import io.halcyon.tls.TlsContext;
import io.halcyon.tls.TlsOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * To a server over TCP or TLS.
 *
 * @param tls null for none; the files are read for every connection, so that renewed ones count
 */
record StreamRoute(String server, int port, Framing framing, int timeoutMillis, @Nullable TlsOptions tls)
        implements Route {

    private static final int MOST_ADDRESSES = 3;
    private static final int PROBATION_MILLIS = 50;
    /** Of a TLS 1.3 server, which says last whether it takes our certificate. */
    private static final int TLS_PROBATION_MILLIS = 250;

    @Override
    public String place() {
        return (tls == null ? "tcp " : "tls ") + Addresses.place(server, port);
    }

    @Override
    public Link open() throws IOException {
        var addresses = Addresses.of(server);
        IOException failure = new IOException("no address");
        for (var address : addresses.subList(0, Math.min(addresses.size(), MOST_ADDRESSES))) {
            try {
                return probed(new StreamLink(connected(address), framing));
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private Link probed(StreamLink link) throws IOException {
        try {
            link.probe(tls == null ? PROBATION_MILLIS : TLS_PROBATION_MILLIS);
            return link;
        } catch (IOException e) {
            link.close();
            throw TlsContext.explained(e);
        }
    }

    private Socket connected(InetAddress address) throws IOException {
        // Of a channel, because what blocks in it can be interrupted.
        var channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            var socket = channel.socket();
            socket.connect(new InetSocketAddress(address, port), timeoutMillis);
            if (tls == null) {
                return socket;
            }
            socket.setSoTimeout(timeoutMillis);
            return TlsContext.of(tls).secure(socket, server, port);
        } catch (IOException e) {
            channel.close();
            throw e;
        } catch (IllegalArgumentException e) {
            // Files that were fine when the configuration was read.
            channel.close();
            throw new IOException(e.getMessage(), e);
        }
    }
}
