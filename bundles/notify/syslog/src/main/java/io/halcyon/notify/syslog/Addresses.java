package io.halcyon.notify.syslog;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Addresses of servers. */
final class Addresses {

    private Addresses() {}

    /** Asks the resolver, each time: a server may move. */
    static List<InetAddress> of(String server) throws IOException {
        try {
            return List.of(InetAddress.getAllByName(server));
        } catch (UnknownHostException e) {
            throw new IOException("nobody knows the name " + server, e);
        }
    }

    static String place(String server, int port) {
        return (server.contains(":") ? "[" + server + "]" : server) + ":" + port;
    }
}
