package io.halcyon.spi.host;

import java.io.IOException;
import java.nio.channels.NetworkChannel;
import org.osgi.annotation.versioning.ConsumerType;

/** Options of sockets that the machine has and the JDK lacks. Thread-safe; every call returns at once. */
@ConsumerType
public interface SocketOptions {

    /**
     * Lets a socket send and receive by one interface only. Before it is bound or connected.
     *
     * @throws IOException if that is refused, saying why
     */
    void bindToInterface(NetworkChannel channel, String name) throws IOException;

    /**
     * Marks what a socket sends, for firewall and routing rules.
     *
     * @throws IOException if that is refused, saying why
     */
    void mark(NetworkChannel channel, int mark) throws IOException;
}
