package io.halcyon.linux.frame;

import java.net.Inet4Address;
import java.nio.ByteBuffer;

/**
 * What an IPv4 header says, and what is behind it.
 *
 * @param source where it comes from
 * @param destination where it goes to
 * @param ttl time to live, 0-255
 * @param message the payload, as long as the header says; a copy
 */
public record Ipv4Packet(Inet4Address source, Inet4Address destination, int ttl, ByteBuffer message) {}
