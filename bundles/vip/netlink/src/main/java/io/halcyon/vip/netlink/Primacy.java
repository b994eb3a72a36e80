package io.halcyon.vip.netlink;

import io.halcyon.linux.netlink.KernelAddress;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds subnets in which an address of ours is the primary one and the host has others.
 *
 * <p>With {@code promote_secondaries} off, the kernel removes the others together with the primary one, also when its
 * lease ends after a crash. So ours must go behind the host's.
 */
final class Primacy {

    private static final Path SYSCTLS = Path.of("/proc/sys/net/ipv4/conf");
    private static final String PROMOTE = "promote_secondaries";

    private Primacy() {}

    /** A subnet on an interface. */
    record Subnet(int index, int network, int prefixLength) {

        static Subnet of(KernelAddress.Key key) {
            int bits = bits(key.address());
            int mask = key.prefixLength() == 0 ? 0 : -1 << (32 - key.prefixLength());
            return new Subnet(key.index(), bits & mask, key.prefixLength());
        }

        private static int bits(InetAddress address) {
            return ByteBuffer.wrap(address.getAddress()).getInt();
        }
    }

    static Set<Subnet> endangered(Collection<KernelAddress> addresses, Predicate<KernelAddress> ours) {
        Set<Subnet> led = new LinkedHashSet<>();
        Set<Subnet> shared = new LinkedHashSet<>();
        for (KernelAddress address : addresses) {
            if (!(address.address() instanceof Inet4Address) || address.prefixLength() == 32) {
                continue;
            }
            boolean secondary = address.has(KernelAddress.SECONDARY);
            if (ours.test(address) && !secondary) {
                led.add(Subnet.of(address.key()));
            } else if (!ours.test(address) && secondary) {
                shared.add(Subnet.of(address.key()));
            }
        }
        led.retainAll(shared);
        return led;
    }

    static boolean promotes(String dev) {
        return isSet("all") || isSet(dev);
    }

    /** Switches promotion on while something is done, then off again: the host's settings are not ours to change. */
    static void promoting(String dev, Action action) throws IOException {
        Path file = SYSCTLS.resolve(dev).resolve(PROMOTE);
        Files.writeString(file, "1");
        try {
            action.run();
        } finally {
            Files.writeString(file, "0");
        }
    }

    /** Something that may fail. */
    interface Action {
        void run() throws IOException;
    }

    private static boolean isSet(String name) {
        try {
            return Files.readString(SYSCTLS.resolve(name).resolve(PROMOTE)).startsWith("1");
        } catch (IOException e) {
            // The interface is gone: nothing to protect.
            return true;
        }
    }
}
