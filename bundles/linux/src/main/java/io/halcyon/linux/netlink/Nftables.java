package io.halcyon.linux.netlink;

import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what nftables has in one table of family {@code inet}, in the network namespace of the thread that opens it; changing it is
 * nft's business. Needs CAP_NET_ADMIN. Not thread-safe: one owner at a time.
 */
public final class Nftables implements AutoCloseable {

    private static final int LARGEST_BYTES = 512;
    private static final int RECEIVE_BUFFER_BYTES = 1 << 20;

    private static final int GET_CHAIN = 4;
    private static final int GET_RULE = 7;
    private static final int GET_SET = 10;
    private static final int GET_GENERATION = 16;
    private static final int GET_OBJECT = 19;

    // Attributes of the same kind have the same number in chains, rules, sets and objects, but for a rule's chain.
    private static final int TABLE = 1;
    private static final int NAME = 2;
    private static final int SET_FLAGS = 3;
    private static final int SET_IS_ANONYMOUS = 1;
    private static final int RULE_USER_DATA = 7;
    private static final int OBJECT_TYPE = 3;
    private static final int OBJECT_IS_COUNTER = 1;
    private static final int OBJECT_DATA = 4;
    private static final int COUNTER_BYTES = 1;
    private static final int COUNTER_PACKETS = 2;
    private static final int GENERATION = 1;

    /** nft's own: user data are octets type, length, value; type 0 is the comment, with a zero at its end. */
    private static final int USER_DATA_COMMENT = 0;

    private final Exchange exchange;
    private final String table;

    /**
     * A rule.
     *
     * @param comment empty if it has none
     */
    public record Rule(String chain, String comment) {}

    /** A named counter. */
    public record Counter(String name, long packets, long bytes) {}

    private interface Reader<T> {
        @Nullable
        T read(Attributes attributes);
    }

    private Nftables(Exchange exchange, String table) {
        this.exchange = exchange;
        this.table = table;
    }

    public static Nftables open(String table) throws IOException {
        return new Nftables(
                new Exchange(NetlinkSocket.open(Netlink.NETLINK_NETFILTER, 0, RECEIVE_BUFFER_BYTES), 1, LARGEST_BYTES),
                table);
    }

    /** A number that each change of any table makes one higher. */
    public long generation() throws IOException {
        List<Long> answer = ask(
                GET_GENERATION,
                Netlink.NLM_F_ACK,
                Netfilter.FAMILY_ANY,
                attributes -> {},
                attributes -> attributes.u32BigEndian(GENERATION));
        return answer.isEmpty() ? 0 : answer.get(0);
    }

    /** Names of chains; like all that follow, none if there is no such table. */
    public List<String> chains() throws IOException {
        return dump(GET_CHAIN, attributes -> attributes.text(NAME + 1));
    }

    /** Rules of all chains, in order. */
    public List<Rule> rules() throws IOException {
        return dump(GET_RULE, attributes -> new Rule(attributes.text(NAME), comment(attributes.bytes(RULE_USER_DATA))));
    }

    /** Names of sets and maps that have one. */
    public List<String> sets() throws IOException {
        return dump(
                GET_SET,
                attributes ->
                        (attributes.u32BigEndian(SET_FLAGS) & SET_IS_ANONYMOUS) != 0 ? null : attributes.text(NAME));
    }

    /** Named counters. */
    public List<Counter> counters() throws IOException {
        return dump(GET_OBJECT, Nftables::counter);
    }

    private static @Nullable Counter counter(Attributes attributes) {
        if (attributes.u32BigEndian(OBJECT_TYPE) != OBJECT_IS_COUNTER) {
            return null;
        }
        Attributes data = attributes.nested(OBJECT_DATA);
        return new Counter(attributes.text(NAME), data.u64BigEndian(COUNTER_PACKETS), data.u64BigEndian(COUNTER_BYTES));
    }

    private static String comment(byte[] userData) {
        int position = 0;
        while (position + 2 <= userData.length) {
            int length = Byte.toUnsignedInt(userData[position + 1]);
            if (userData[position] == USER_DATA_COMMENT && length > 0 && position + 2 + length <= userData.length) {
                return new String(userData, position + 2, length - 1, StandardCharsets.UTF_8);
            }
            position += 2 + length;
        }
        return "";
    }

    @Override
    public void close() {
        exchange.close();
    }

    private <T> List<T> dump(int request, Reader<T> reader) throws IOException {
        try {
            return ask(
                    request,
                    Netlink.NLM_F_DUMP,
                    Netfilter.FAMILY_INET,
                    attributes -> attributes.text(TABLE, table),
                    // Not every kernel filters all of it.
                    attributes -> attributes.text(TABLE).equals(table) ? reader.read(attributes) : null);
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENOENT) {
                return List.of();
            }
            throw e;
        }
    }

    private <T> List<T> ask(int request, int flags, int family, Consumer<AttributeWriter> content, Reader<T> reader)
            throws IOException {
        return exchange.ask(
                (writer, position, sequence) -> {
                    content.accept(Netfilter.begin(
                            writer, Netfilter.type(Netfilter.SUBSYSTEM_NFTABLES, request), flags, sequence, family));
                    writer.end();
                },
                message -> message.type() >> 8 == Netfilter.SUBSYSTEM_NFTABLES
                        ? reader.read(Netfilter.attributes(message))
                        : null);
    }
}
