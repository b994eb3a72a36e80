package io.halcyon.notify.snmp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A real or virtual server, taken apart.
 *
 * @param address null for one that is known by a firewall mark
 * @param protocol number of KEEPALIVED-MIB: tcp 1, udp 2, sctp 3, none 4
 * @param port 0 for none
 * @param mark firewall mark, 0 for none
 */
record ServerName(@Nullable InetAddress address, int protocol, int port, long mark) {

    private static final Pattern ADDRESS = Pattern.compile("\\[([0-9A-Fa-f.:]+)]:([a-z]+):(\\d{1,5})");
    private static final Pattern DOTTED = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern MARK = Pattern.compile("FWM (\\d{1,10})");
    private static final int NONE = 4;
    private static final Map<String, Integer> PROTOCOLS = Map.of("tcp", 1, "udp", 2, "sctp", 3);

    /** {@code [address]:protocol:port} or {@code FWM n}; null if it is neither. */
    static @Nullable ServerName of(String written) {
        var mark = MARK.matcher(written);
        if (mark.matches()) {
            return new ServerName(null, NONE, 0, Long.parseLong(mark.group(1)));
        }
        var server = ADDRESS.matcher(written);
        if (!server.matches()) {
            return null;
        }
        var address = literal(server.group(1));
        int protocol = PROTOCOLS.getOrDefault(server.group(2), NONE);
        return address == null ? null : new ServerName(address, protocol, Integer.parseInt(server.group(3)), 0);
    }

    /** An address that never asks DNS. */
    static @Nullable InetAddress literal(String text) {
        if (!text.contains(":") && !DOTTED.matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
