package io.halcyon.spi.transport;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * A VRRP packet as it arrived.
 *
 * @param source IP source address
 * @param destination IP destination address
 * @param ttl IP time to live, 0-255
 * @param message the VRRP message from its version octet on, as long as the IP header says; it is the receiver's own
 */
public record Packet(InetAddress source, InetAddress destination, int ttl, ByteBuffer message) {}
