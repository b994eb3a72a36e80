package io.halcyon.api.lvs;

/**
 * What has passed since the kernel made the entry, and how fast it did lately.
 *
 * @param connections new connections so far
 * @param packetsIn packets from clients
 * @param packetsOut packets to clients, 0 where answers take another way
 * @param bytesIn bytes from clients
 * @param bytesOut bytes to clients
 * @param connectionsPerSecond since the last look, at least a second ago; 0 at the first one
 * @param bytesInPerSecond the same of bytes from clients
 * @param bytesOutPerSecond the same of bytes to clients
 */
public record Traffic(
        long connections,
        long packetsIn,
        long packetsOut,
        long bytesIn,
        long bytesOut,
        double connectionsPerSecond,
        double bytesInPerSecond,
        double bytesOutPerSecond) {

    /** Nothing yet. */
    public static final Traffic NONE = new Traffic(0, 0, 0, 0, 0, 0, 0, 0);
}
