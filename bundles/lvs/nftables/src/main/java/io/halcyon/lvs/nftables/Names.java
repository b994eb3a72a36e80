package io.halcyon.lvs.nftables;

import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.Transport;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of our objects in the kernel. What an earlier run made is found by them, so they say what it was and depend on nothing else. */
final class Names {

    static final String TABLE = "halcyon-lvs";

    /** What a name of ours begins with: its kind. */
    static final String CHOOSER = "s-";

    static final String LEADER = "d-";
    static final String CLIENTS = "p-";
    static final String COUNTER = "c-";

    private static final Pattern OURS =
            Pattern.compile("([sdpc])-(?<word>(?:tcp|udp|sctp)-(?<address>[0-9a-f._]+)-(?<port>\\d+)"
                    + "|fwm(?<family>[46])-(?<mark>\\d+))(?:-(?<server>[0-9a-f._]+)-(?<serverport>\\d+))?");

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
        return CHOOSER + of(key);
    }

    /** Chain that leads to a destination. */
    static String leader(ServiceKey key, Destination destination) {
        return LEADER + of(key, destination);
    }

    /** Clients that stay with a destination. */
    static String clients(ServiceKey key, Destination destination) {
        return CLIENTS + of(key, destination);
    }

    /** Counter of a destination. */
    static String counter(ServiceKey key, Destination destination) {
        return COUNTER + of(key, destination);
    }

    /** What a name belongs to; null if it is no name of ours. */
    static @Nullable Owner owner(String name) {
        Matcher matcher = OURS.matcher(name);
        if (!matcher.matches()) {
            return null;
        }
        try {
            var server = matcher.group("server");
            return new Owner(
                    key(matcher),
                    server == null ? null : address(server),
                    server == null ? 0 : Integer.parseInt(matcher.group("serverport")));
        } catch (UnknownHostException | IllegalArgumentException somebodyElses) {
            return null;
        }
    }

    /**
     * What a name belongs to.
     *
     * @param server of a destination, null for what belongs to the whole service
     */
    record Owner(ServiceKey key, @Nullable InetAddress server, int port) {}

    private static ServiceKey key(Matcher matcher) throws UnknownHostException {
        if (matcher.group("mark") != null) {
            return new ServiceKey.Marked(
                    Integer.parseInt(matcher.group("mark")),
                    matcher.group("family").equals("6"));
        }
        var word = matcher.group("word");
        return new ServiceKey.Addressed(
                Transport.valueOf(word.substring(0, word.indexOf('-')).toUpperCase(Locale.ROOT)),
                address(matcher.group("address")),
                Integer.parseInt(matcher.group("port")));
    }

    private static String of(ServiceKey key, Destination destination) {
        return of(key) + "-" + word(destination.address()) + "-" + destination.port();
    }

    /** A name has no colons. */
    private static String word(InetAddress address) {
        return address.getHostAddress().replace(':', '_').replaceFirst("%.*", "");
    }

    /** Only literals match the pattern, so that nobody is asked. */
    private static InetAddress address(String word) throws UnknownHostException {
        var literal = word.replace('_', ':');
        if (!literal.contains(":") && !literal.matches("\\d+(\\.\\d+){3}")) {
            throw new UnknownHostException(word);
        }
        return InetAddress.getByName(literal);
    }
}
