package io.halcyon.notify.syslog;

import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;
import io.halcyon.linux.socket.LocalDatagrams;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** To a socket of this machine: datagrams, or a stream of lines if that is what listens there. */
record LocalRoute(String socket, int timeoutMillis) implements Route {

    @Override
    public String place() {
        return socket;
    }

    @Override
    public Link open() throws IOException {
        return new LocalLink(socket, LocalDatagrams.to(socket, timeoutMillis));
    }

    private static final class LocalLink implements Link {

        private final String socket;
        private final LocalDatagrams datagrams;

        /** Once it was seen that datagrams are not wanted. */
        private @Nullable SocketChannel stream;

        LocalLink(String socket, LocalDatagrams datagrams) {
            this.socket = socket;
            this.datagrams = datagrams;
        }

        @Override
        public State look() {
            var channel = stream;
            if (channel == null) {
                // Nothing to look at: each datagram finds its way anew.
                return State.FINE;
            }
            try {
                channel.configureBlocking(false);
                int read = channel.read(ByteBuffer.allocate(1_024));
                channel.configureBlocking(true);
                return read < 0 ? State.ENDED : State.FINE;
            } catch (IOException broken) {
                return State.LOST;
            }
        }

        @Override
        public void write(byte[] message) throws IOException {
            var channel = stream;
            if (channel == null) {
                try {
                    datagrams.send(message);
                    return;
                } catch (LinuxException e) {
                    if (e.errno() != Errno.EPROTOTYPE) {
                        throw e;
                    }
                }
                channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                stream = channel;
            }
            var frame = ByteBuffer.wrap(Framing.LF.frame(message));
            while (frame.hasRemaining()) {
                channel.write(frame);
            }
        }

        @Override
        public void close() {
            datagrams.close();
            var channel = stream;
            if (channel != null) {
                try {
                    channel.close();
                } catch (IOException ignored) {
                    // It is gone either way.
                }
            }
        }
    }
}
