package io.halcyon.spi.dataplane;

import io.halcyon.api.net.AddressText;
import java.net.InetAddress;

/**
 * Where packets of a virtual service may go.
 *
 * @param address real server
 * @param port 1-65535, 0 for the port of the packet
 * @param weight its share, 0 to 2^31-1; 0 takes no new connections and keeps those there are
 * @param upperThreshold connections above which it takes no new ones, 0 for no limit
 * @param lowerThreshold connections below which it takes new ones again, 0 for three quarters of the upper one
 */
public record Destination(
        InetAddress address, int port, Forwarding forwarding, int weight, long upperThreshold, long lowerThreshold) {

    @Override
    public String toString() {
        return "[" + AddressText.of(address) + "]:" + port;
    }
}
