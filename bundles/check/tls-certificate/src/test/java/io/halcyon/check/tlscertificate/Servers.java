package io.halcyon.check.tlscertificate;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;

/** Servers of the JDK on loopback. */
final class Servers {

    private Servers() {}

    static HttpsServer https(SSLContext context) throws IOException {
        return https(context, 0);
    }

    static HttpsServer https(SSLContext context, int port) throws IOException {
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.start();
        return server;
    }
}
