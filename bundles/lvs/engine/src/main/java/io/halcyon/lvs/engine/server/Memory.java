package io.halcyon.lvs.engine.server;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/**
 * What a virtual server wants to know again after a restart, so that it goes on without a hole: who worked, and where host
 * names led to. Immutable.
 *
 * @param up whether it was up, by destination ({@code [192.0.2.11]:80})
 * @param addresses by real server, of those with a host name
 * @param quorate whether it had its quorum, which it keeps with less than it takes to gain it
 */
public record Memory(Map<String, Boolean> up, Map<String, List<InetAddress>> addresses, boolean quorate) {

    /** Nothing. */
    public static final Memory NONE = new Memory(Map.of(), Map.of(), false);

    public Memory {
        up = Map.copyOf(up);
        addresses = Map.copyOf(addresses);
    }
}
