package io.halcyon.spi.dataplane;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Tells a partner of connections, or learns them from it, so that they survive when an address moves (ipvsadm(8),
 * {@code --start-daemon}).
 *
 * @param role which of the two
 * @param dev interface for its multicast
 * @param id 0-255, the same at both ends
 * @param maxLength longest datagram in bytes, at most 65,507, 0 for the kernel's choice
 * @param group multicast group, null for the kernel's 224.0.0.81
 * @param port 1-65535, 0 for the kernel's 8848
 * @param ttl 1-255, 0 for the kernel's 1
 */
public record SyncDaemon(Role role, String dev, int id, int maxLength, @Nullable InetAddress group, int port, int ttl) {

    /** Which end it is. */
    public enum Role {
        /** Tells. */
        MASTER,
        /** Learns. */
        BACKUP
    }
}
