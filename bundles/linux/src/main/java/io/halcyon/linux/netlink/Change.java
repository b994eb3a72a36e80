package io.halcyon.linux.netlink;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** One change we ask the kernel for. */
public sealed interface Change {

    /** Writes the message that asks for it. */
    void write(MessageWriter writer, int sequence);

    /** How an address is put. */
    enum Mode {
        /** Refused with {@code EEXIST} if the address is there. */
        ADD(Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL),
        /** Changes the address that is there; adds it if there is none (the kernel offers no other way). */
        REPLACE(Netlink.NLM_F_REPLACE);

        private final int flags;

        Mode(int flags) {
            this.flags = flags;
        }
    }

    /**
     * Puts an address. Everything is said each time: the kernel clears what a replacement omits.
     *
     * @param flags {@code IFA_F_*} of {@link KernelAddress}
     * @param protocol value of {@code IFA_PROTO}
     * @param preferredSeconds at most {@code validSeconds}; {@link KernelAddress#FOREVER} for no end
     * @param validSeconds kernel lifetime; {@link KernelAddress#FOREVER} for no end
     */
    record PutAddress(
            Mode mode,
            KernelAddress.Key key,
            int scope,
            int flags,
            int protocol,
            @Nullable String label,
            @Nullable InetAddress broadcast,
            long preferredSeconds,
            long validSeconds)
            implements Change {

        public PutAddress {
            if (preferredSeconds > validSeconds || validSeconds <= 0) {
                throw new IllegalArgumentException("lifetimes " + preferredSeconds + " and " + validSeconds);
            }
        }

        @Override
        public void write(MessageWriter writer, int sequence) {
            writer.begin(Netlink.RTM_NEWADDR, Netlink.NLM_F_REQUEST | mode.flags, sequence);
            // ifaddrmsg has room for eight flags only; IFA_FLAGS carries them all and wins.
            writeKey(writer, key, flags & 0xff, scope);
            writer.attributeU32(Netlink.IFA_FLAGS, flags);
            writer.attributeU32(Netlink.IFA_CACHEINFO, preferredSeconds, validSeconds, 0, 0);
            writer.attributeU8(Netlink.IFA_PROTO, protocol);
            if (label != null) {
                writer.attribute(Netlink.IFA_LABEL, label);
            }
            if (broadcast != null) {
                writer.attribute(Netlink.IFA_BROADCAST, broadcast);
            }
            writer.end();
        }
    }

    /** Removes an address. */
    record RemoveAddress(KernelAddress.Key key) implements Change {

        @Override
        public void write(MessageWriter writer, int sequence) {
            writer.begin(Netlink.RTM_DELADDR, Netlink.NLM_F_REQUEST, sequence);
            writeKey(writer, key, 0, 0);
            writer.end();
        }
    }

    /**
     * Puts a connected IPv6 route. An identical one only gets the new lifetime, and the kernel answers {@code EEXIST}.
     *
     * @param key interface and prefix
     * @param metric distance; the kernel's own connected routes have 256
     * @param protocol who added it
     * @param validSeconds kernel lifetime; {@link KernelAddress#FOREVER} for no end
     */
    record PutRoute(KernelAddress.Key key, int metric, int protocol, long validSeconds) implements Change {

        @Override
        public void write(MessageWriter writer, int sequence) {
            writer.begin(Netlink.RTM_NEWROUTE, Netlink.NLM_F_REQUEST | Netlink.NLM_F_CREATE, sequence);
            writeRoute(writer, key, metric, protocol);
            if (validSeconds != KernelAddress.FOREVER) {
                writer.attributeU32(Netlink.RTA_EXPIRES, validSeconds);
            }
            writer.end();
        }
    }

    /** Removes a connected IPv6 route that {@link PutRoute} put. */
    record RemoveRoute(KernelAddress.Key key, int metric, int protocol) implements Change {

        @Override
        public void write(MessageWriter writer, int sequence) {
            writer.begin(Netlink.RTM_DELROUTE, Netlink.NLM_F_REQUEST, sequence);
            writeRoute(writer, key, metric, protocol);
            writer.end();
        }
    }

    /**
     * Makes the addresses of an IPv4 network this host's own, in table {@code main}, without putting one of them.
     *
     * @param key interface and network
     * @param source an address of this host: when it goes, the kernel removes the route
     * @param protocol who added it
     */
    record PutLocalRoute(KernelAddress.Key key, InetAddress source, int protocol) implements Change {

        @Override
        public void write(MessageWriter writer, int sequence) {
            int flags = Netlink.NLM_F_REQUEST | Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL;
            writer.begin(Netlink.RTM_NEWROUTE, flags, sequence);
            writeLocalRoute(writer, key, source, protocol);
            writer.end();
        }
    }

    /** Removes what {@link PutLocalRoute} put. */
    record RemoveLocalRoute(KernelAddress.Key key, InetAddress source, int protocol) implements Change {

        @Override
        public void write(MessageWriter writer, int sequence) {
            writer.begin(Netlink.RTM_DELROUTE, Netlink.NLM_F_REQUEST, sequence);
            writeLocalRoute(writer, key, source, protocol);
            writer.end();
        }
    }

    private static void writeKey(MessageWriter writer, KernelAddress.Key key, int flags, int scope) {
        boolean ipv6 = key.address() instanceof Inet6Address;
        writer.u8(ipv6 ? Netlink.AF_INET6 : Netlink.AF_INET).u8(key.prefixLength());
        writer.u8(flags).u8(scope).u32(key.index());
        writer.attribute(Netlink.IFA_LOCAL, key.address());
        writer.attribute(Netlink.IFA_ADDRESS, key.address());
    }

    private static void writeRoute(MessageWriter writer, KernelAddress.Key key, int metric, int protocol) {
        writeRouteHeader(writer, Netlink.AF_INET6, key, protocol, 0, Netlink.RTN_UNICAST);
        writer.attributeU32(Netlink.RTA_PRIORITY, metric);
    }

    private static void writeLocalRoute(MessageWriter writer, KernelAddress.Key key, InetAddress source, int protocol) {
        writeRouteHeader(writer, Netlink.AF_INET, key, protocol, Netlink.RT_SCOPE_HOST, Netlink.RTN_LOCAL);
        writer.attribute(Netlink.RTA_PREFSRC, source);
    }

    private static void writeRouteHeader(
            MessageWriter writer, int family, KernelAddress.Key key, int protocol, int scope, int type) {
        // rtmsg: family, dst_len, src_len, tos, table, protocol, scope, type, flags
        writer.u8(family).u8(key.prefixLength()).u8(0).u8(0);
        writer.u8(Netlink.RT_TABLE_MAIN).u8(protocol).u8(scope).u8(type).u32(0);
        writer.attribute(Netlink.RTA_DST, key.address());
        writer.attributeU32(Netlink.RTA_OIF, key.index());
    }
}
