package io.halcyon.linux.netlink;

/** What all of netfilter's netlink has in common, and its numbers (linux/netfilter/nfnetlink*.h). */
final class Netfilter {

    static final int SUBSYSTEM_CONNTRACK = 1;
    static final int SUBSYSTEM_NFTABLES = 10;

    static final int FAMILY_ANY = 0;
    static final int FAMILY_INET = 1;

    /** struct nfgenmsg: family, version, resource. */
    static final int HEADER_BYTES = 4;

    private static final int BITS_OF_A_TYPE = 8;

    private Netfilter() {}

    static int type(int subsystem, int message) {
        return subsystem << BITS_OF_A_TYPE | message;
    }

    /** Opens a message; attributes follow. */
    static AttributeWriter begin(MessageWriter writer, int type, int flags, int sequence, int family) {
        writer.begin(type, Netlink.NLM_F_REQUEST | flags, sequence)
                .u8(family)
                .u8(0)
                .u16(0);
        return new AttributeWriter(writer);
    }

    static Attributes attributes(Message message) {
        return new Attributes(message.body(), HEADER_BYTES);
    }
}
