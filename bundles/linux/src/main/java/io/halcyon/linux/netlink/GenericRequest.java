package io.halcyon.linux.netlink;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * A request to a family of generic netlink; at most {@value #LARGEST_BYTES} octets long.
 *
 * @param command what the family shall do
 * @param version of the family's commands
 * @param content writes its attributes, as often as it is sent
 */
public record GenericRequest(int command, int version, Consumer<AttributeWriter> content) {

    static final int LARGEST_BYTES = 1024;

    /** Its attributes as they are sent. */
    public byte[] attributes() {
        MessageWriter writer = new MessageWriter(LARGEST_BYTES);
        content.accept(new AttributeWriter(writer));
        ByteBuffer written = writer.written();
        byte[] octets = new byte[written.remaining()];
        written.get(octets);
        return octets;
    }

    void write(MessageWriter writer, int family, int flags, int sequence) {
        writer.begin(family, Netlink.NLM_F_REQUEST | flags, sequence)
                .u8(command)
                .u8(version)
                .u16(0);
        content.accept(new AttributeWriter(writer));
        writer.end();
    }
}
