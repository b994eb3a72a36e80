package io.halcyon.notify.syslog;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** To a server, one datagram per message, RFC 5426. */
record UdpRoute(String server, int port) implements Route {

    @Override
    public String place() {
        return "udp " + Addresses.place(server, port);
    }

    @Override
    public Link open() throws IOException {
        var address = new InetSocketAddress(Addresses.of(server).get(0), port);
        var channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            // Connected, so that the kernel tells us that nobody listens.
            channel.connect(address);
            return new UdpLink(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private record UdpLink(DatagramChannel channel) implements Link {

        @Override
        public State look() {
            try {
                channel.read(ByteBuffer.allocate(1));
                return State.FINE;
            } catch (IOException broken) {
                return State.LOST;
            }
        }

        @Override
        public void write(byte[] message) throws IOException {
            try {
                if (channel.write(ByteBuffer.wrap(message)) == 0) {
                    throw new IOException("the kernel's send queue is full");
                }
            } catch (PortUnreachableException e) {
                throw nobodyListens();
            }
            if (look() == State.LOST) {
                throw nobodyListens();
            }
        }

        private static IOException nobodyListens() {
            return new IOException("nobody listens there");
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException ignored) {
                // It is gone either way.
            }
        }
    }
}
