package io.halcyon.transport.raw;

import io.halcyon.linux.LinuxException;
import io.halcyon.linux.frame.Ipv4Header;
import io.halcyon.linux.frame.Ipv4Packet;
import io.halcyon.linux.socket.RawSocket;
import io.halcyon.linux.socket.Source;
import io.halcyon.spi.transport.ChannelListener;
import io.halcyon.spi.transport.Packet;

/** VRRP packets that come in. The reader's lock guards it. */
final class Advertisements implements Source {

    private final RawSocket socket;
    private final int index;
    private final ChannelListener listener;

    Advertisements(RawSocket socket, int index, ChannelListener listener) {
        this.socket = socket;
        this.index = index;
        this.listener = listener;
    }

    @Override
    public RawSocket socket() {
        return socket;
    }

    @Override
    public boolean readOne() throws LinuxException {
        if (socket.receive() == RawSocket.NOTHING) {
            return false;
        }
        Ipv4Packet packet = Ipv4Header.read(socket.data());
        if (socket.arrivalIndex() != index) {
            listener.onStray("wrong interface");
        } else if (packet == null) {
            listener.onStray("truncated header");
        } else {
            listener.onPacket(
                    new Packet(packet.source(), packet.destination(), packet.ttl(), packet.message()),
                    socket.ageNanos());
        }
        return true;
    }
}
