package io.halcyon.lvs.nftables;

import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.ServiceKey;
import java.net.InetAddress;

/**
 * Names of our objects in the kernel. What an earlier run made is found by them, so they say what it was and depend on nothing else.
 */
final class Names {

    static final String TABLE = "halcyon-lvs";

    private Names() {}

    /** The part of a service in every name: {@code tcp-192.0.2.1-80}, {@code fwm4-5}. */
    static String of(ServiceKey key) {
        if (key instanceof ServiceKey.Addressed addressed) {
            return addressed.transport().word() + "-" + word(addressed.address()) + "-" + addressed.port();
        }
        var marked = (ServiceKey.Marked) key;
        return (marked.ipv6() ? "fwm6-" : "fwm4-") + marked.mark();
    }

    /** Chain that chooses a destination. */
    static String chooser(ServiceKey key) {
        return "s-" + of(key);
    }

    /** What all objects of a destination begin with. */
    static String of(ServiceKey key, Destination destination) {
        return of(key) + "-" + word(destination.address()) + "-" + destination.port();
    }

    /** Chain that leads to a destination. */
    static String leader(ServiceKey key, Destination destination) {
        return "d-" + of(key, destination);
    }

    /** Clients that stay with a destination. */
    static String clients(ServiceKey key, Destination destination) {
        return "p-" + of(key, destination);
    }

    /** Counter of a destination. */
    static String counter(ServiceKey key, Destination destination) {
        return "c-" + of(key, destination);
    }

    /** A name has no colons. */
    private static String word(InetAddress address) {
        return address.getHostAddress().replace(':', '_').replaceFirst("%.*", "");
    }
}
