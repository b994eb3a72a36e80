package io.halcyon.itests.lab;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Who asks for pages from a host's network. */
public final class WebClient {

    private final Host host;

    public WebClient(Host host) {
        this.host = host;
    }

    /**
     * Opens a connection.
     *
     * @param from address from which it comes, null for any
     */
    public WebConnection open(@Nullable String from, String address, int port) {
        return Netns.call(host.pid(), () -> WebConnection.open(from, address, port));
    }

    /** A page over a connection of its own. */
    public WebConnection.Page get(@Nullable String from, String address, int port, String path) {
        return Netns.call(host.pid(), () -> {
            try (var connection = WebConnection.open(from, address, port)) {
                return connection.get(path);
            }
        });
    }

    /** A page over a TLS connection of its own; every certificate will do. */
    public WebConnection.Page getSecurely(String address, int port, String path) {
        return Netns.call(host.pid(), () -> {
            try (var connection = new WebConnection(secured(address, port))) {
                return connection.get(path);
            }
        });
    }

    /** Begins to read a page. */
    public Download download(@Nullable String from, String address, int port, String path) {
        return Download.begin(open(from, address, port), path);
    }

    private static SSLSocket secured(String address, int port) throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Trusting()}, null);
            return (SSLSocket) context.getSocketFactory().createSocket(new Socket(address, port), address, port, true);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Servers of a laboratory certify themselves. */
    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
