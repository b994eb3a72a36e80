package io.halcyon.vrrp.protocol;

import java.net.InetAddress;
import java.util.List;

/**
 * A well-formed advertisement. Whether it fits a router's configuration is for the router to say.
 *
 * @param version protocol version, 2 or 3
 * @param vrid virtual router id
 * @param priority 0-255; 0 means that the master gives up
 * @param intervalCentis advertisement interval of the sender
 * @param authType authentication type of version 2 (RFC 2338 section 5.3.6), 0 in version 3
 * @param authData authentication data as ISO 8859-1 text without trailing zeros, empty in version 3
 * @param addresses advertised addresses in the order of the packet
 */
public record Advertisement(
        int version,
        int vrid,
        int priority,
        int intervalCentis,
        int authType,
        String authData,
        List<InetAddress> addresses) {

    /** The master gives up, RFC 9568 section 5.2.4. */
    public static final int PRIORITY_RELEASE = 0;

    public static final int AUTH_NONE = 0;
    public static final int AUTH_PASS = 1;

    public Advertisement {
        addresses = List.copyOf(addresses);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "v" + version + " vrid " + vrid + " priority " + priority + " interval " + intervalCentis
                + " cs auth type " + authType + " addresses " + addresses;
    }
}
