package io.halcyon.notify.snmp;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.snmp4j.TransportStateReference;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/** A socket that hears nobody but the receiver. */
final class ReceiversAnswers extends DefaultUdpTransportMapping {

    private final UdpAddress receiver;

    ReceiversAnswers(InetAddress own, UdpAddress receiver) throws IOException {
        super(new UdpAddress(own, 0));
        this.receiver = receiver;
    }

    @Override
    protected void fireProcessMessage(DatagramPacket packet, ByteBuffer message, TransportStateReference state) {
        if (packet.getPort() == receiver.getPort() && packet.getAddress().equals(receiver.getInetAddress())) {
            super.fireProcessMessage(packet, message, state);
        }
    }
}
