package io.halcyon.linux.netlink;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An address as the kernel has it.
 *
 * @param index interface
 * @param address local address
 * @param prefixLength of its subnet
 * @param scope {@code rtnetlink(7)} scope number
 * @param flags {@code IFA_F_*}
 * @param protocol who added it ({@code IFA_PROTO}), 0 if unknown or if the kernel is older than 5.18
 * @param label alias name, IPv4 only
 * @param broadcast broadcast address, IPv4 only
 * @param preferredSeconds until it is deprecated, {@link #FOREVER} for never
 * @param validSeconds until the kernel removes it, {@link #FOREVER} for never
 * @param stampCentis when it was added or last renewed: hundredths of a second of the kernel's tick counter, 32
 *     bits ({@code struct ifa_cacheinfo}, linux/if_addr.h)
 */
public record KernelAddress(
        int index,
        InetAddress address,
        int prefixLength,
        int scope,
        int flags,
        int protocol,
        @Nullable String label,
        @Nullable InetAddress broadcast,
        long preferredSeconds,
        long validSeconds,
        long stampCentis) {

    public static final long FOREVER = 0xffffffffL;
    private static final long NANOS_PER_CENTI = 10_000_000L;

    /** Our value of {@code IFA_PROTO}, an {@code H}; {@code ip -d addr} prints {@code proto 0x48}. */
    public static final int HALCYON = 0x48;

    public static final int SECONDARY = 0x01;
    public static final int NO_DAD = 0x02;
    public static final int DAD_FAILED = 0x08;
    public static final int DEPRECATED = 0x20;
    public static final int TENTATIVE = 0x40;
    public static final int PERMANENT = 0x80;
    public static final int NO_PREFIX_ROUTE = 0x200;
    private static final int OPTIMISTIC = 0x04;
    private static final int HEADER_BYTES = 8;

    /** Where an address is. */
    public record Key(int index, InetAddress address, int prefixLength) {

        /** What makes it one of a kind: the kernel has an IPv6 address once, an IPv4 address once per prefix length. */
        public Key identity() {
            return address instanceof Inet6Address ? new Key(index, address, 128) : this;
        }
    }

    public Key key() {
        return new Key(index, address, prefixLength);
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Whether packets may use it: duplicate address detection is over (or optimistic) and has not failed. */
    public boolean usable() {
        return !has(DAD_FAILED) && (!has(TENTATIVE) || has(OPTIMISTIC));
    }

    /**
     * How long ago it was added or last renewed, exact to the kernel's tick.
     *
     * @param tickCentis now, {@link io.halcyon.linux.Clock#tickCentis()}
     */
    public long ageNanos(long tickCentis) {
        return Math.max(0, (int) (tickCentis - stampCentis)) * NANOS_PER_CENTI;
    }

    public boolean permanent() {
        return validSeconds == FOREVER;
    }

    /** Reads {@code RTM_NEWADDR} and {@code RTM_DELADDR}; null for families we do not know. */
    static @Nullable KernelAddress read(Message message) {
        ByteBuffer body = message.body();
        int family = body.limit() < HEADER_BYTES ? Netlink.AF_UNSPEC : body.get(0);
        if (family != Netlink.AF_INET && family != Netlink.AF_INET6) {
            return null;
        }
        Attributes found = new Attributes(Byte.toUnsignedInt(body.get(2)));
        message.attributes(HEADER_BYTES, found);
        // Without IFA_LOCAL (IPv6, no peer) IFA_ADDRESS is the local address.
        InetAddress address = found.local != null ? found.local : found.address;
        if (address == null) {
            return null;
        }
        return new KernelAddress(
                body.getInt(4),
                address,
                Byte.toUnsignedInt(body.get(1)),
                Byte.toUnsignedInt(body.get(3)),
                found.flags,
                found.protocol,
                found.label,
                found.broadcast,
                found.preferredSeconds,
                found.validSeconds,
                found.stampCentis);
    }

    private static final class Attributes implements Message.AttributeReader {
        private @Nullable InetAddress address;
        private @Nullable InetAddress local;
        private @Nullable InetAddress broadcast;
        private @Nullable String label;
        private int flags;
        private int protocol;
        private long preferredSeconds = FOREVER;
        private long validSeconds = FOREVER;
        private long stampCentis;

        Attributes(int flags) {
            this.flags = flags;
        }

        @Override
        public void attribute(int type, ByteBuffer value) {
            switch (type) {
                case Netlink.IFA_ADDRESS -> address = address(value);
                case Netlink.IFA_LOCAL -> local = address(value);
                case Netlink.IFA_BROADCAST -> broadcast = address(value);
                case Netlink.IFA_LABEL -> label = Text.of(value);
                case Netlink.IFA_FLAGS -> flags = value.getInt(0);
                case Netlink.IFA_PROTO -> protocol = Byte.toUnsignedInt(value.get(0));
                case Netlink.IFA_CACHEINFO -> {
                    preferredSeconds = Integer.toUnsignedLong(value.getInt(0));
                    validSeconds = Integer.toUnsignedLong(value.getInt(4));
                    stampCentis = Integer.toUnsignedLong(value.getInt(12));
                }
                default -> {}
            }
        }

        private static @Nullable InetAddress address(ByteBuffer value) {
            byte[] octets = new byte[value.remaining()];
            value.get(octets);
            try {
                return InetAddress.getByAddress(octets);
            } catch (UnknownHostException e) {
                return null;
            }
        }
    }
}
