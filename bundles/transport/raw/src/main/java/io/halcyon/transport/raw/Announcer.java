package io.halcyon.transport.raw;

import io.halcyon.linux.LinuxException;
import io.halcyon.linux.socket.PacketSocket;
import io.halcyon.spi.link.Link;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Sends one announcement per address. The channel's announcing lock guards it. */
final class Announcer {

    private final PacketSocket socket;

    Announcer(PacketSocket socket) {
        this.socket = socket;
    }

    void announce(Link link, Collection<InetAddress> addresses) throws IOException {
        GratuitousArp arp = new GratuitousArp(link.mac());
        NeighborAdvertisement advertisement = null;
        LinuxException firstFailure = null;
        int failures = 0;
        for (InetAddress address : addresses) {
            try {
                if (address instanceof Inet4Address ipv4) {
                    socket.send(arp.of(ipv4), GratuitousArp.LENGTH);
                } else if (address instanceof Inet6Address ipv6) {
                    advertisement = advertisement == null
                            ? new NeighborAdvertisement(link.mac(), forwarding(link.name()))
                            : advertisement;
                    socket.send(advertisement.of(ipv6), NeighborAdvertisement.LENGTH);
                }
            } catch (LinuxException failure) {
                firstFailure = firstFailure == null ? failure : firstFailure;
                failures++;
            }
        }
        report(link, addresses.size(), failures, firstFailure);
    }

    private static void report(Link link, int all, int failures, @Nullable LinuxException cause) throws IOException {
        if (cause != null) {
            String count = failures + " of " + all + " announcements on " + link.name();
            throw new IOException(count + " failed: " + cause.getMessage(), cause);
        }
    }

    /** Whether the kernel forwards IPv6 from this interface; in the namespace of the calling thread. */
    private static boolean forwarding(String name) {
        try {
            return Files.readString(Path.of("/proc/sys/net/ipv6/conf", name, "forwarding"))
                    .startsWith("1");
        } catch (IOException noIpv6) {
            return false;
        }
    }
}
