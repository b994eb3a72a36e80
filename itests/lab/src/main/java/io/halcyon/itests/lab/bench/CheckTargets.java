package io.halcyon.itests.lab.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A program that takes every connection to one port on all addresses and closes it, with next to no work of its own. */
public final class CheckTargets {

    private static final int BACKLOG = 16_384;
    private static final long BATCH_MILLIS = 2;

    private CheckTargets() {}

    /** Argument: the port. Runs until it is killed. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (var server = ServerSocketChannel.open();
                var selector = Selector.open()) {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(new InetSocketAddress((InetAddress) null, Integer.parseInt(arguments[0])), BACKLOG);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            System.out.println("listening");
            while (true) {
                selector.select(key -> {});
                acceptAll(server);
                // Many at a time: the kernel has answered them already.
                Thread.sleep(BATCH_MILLIS);
            }
        }
    }

    private static void acceptAll(ServerSocketChannel server) throws IOException {
        for (SocketChannel peer = server.accept(); peer != null; peer = server.accept()) {
            peer.close();
        }
    }
}
