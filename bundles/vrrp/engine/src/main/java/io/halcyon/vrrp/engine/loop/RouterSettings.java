package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.vrrp.protocol.RouterConfig;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Checked configuration of one router. Two equal records mean that nothing has to change.
 *
 * @param name name of the object
 * @param networkInterface interface that VRRP runs on
 * @param protocol what the state machine knows; its addresses are the first 255 of {@code advertised}
 * @param advertised addresses that are advertised, as far as they fit
 * @param excluded addresses that only move
 * @param tracks trackers in configuration order
 * @param transport name of the transport
 * @param vip name of the VIP manager
 * @param leaseSeconds kernel lifetime of the addresses, 0 for none
 */
public record RouterSettings(
        String name,
        String networkInterface,
        RouterConfig protocol,
        List<VirtualAddress> advertised,
        List<VirtualAddress> excluded,
        List<Track> tracks,
        String transport,
        String vip,
        long leaseSeconds) {

    private static final int OWNER = 255;

    private static final int ETHERNET_HEADER = 14;
    private static final int IPV4_HEADER = 20;
    private static final int VRRP_HEADER = 8;
    private static final int VRRP2_AUTHENTICATION = 8;
    /** As many as the count field of a packet can say. */
    public static final int MOST_ADDRESSES = 255;

    public RouterSettings {
        advertised = List.copyOf(advertised);
        excluded = List.copyOf(excluded);
        tracks = List.copyOf(tracks);
    }

    /** Whether a running router can take over these settings without a stop. */
    boolean canBecome(RouterSettings next) {
        return next.networkInterface().equals(networkInterface)
                && next.transport().equals(transport)
                && next.vip().equals(vip)
                && next.protocol().vrid() == protocol.vrid()
                && next.protocol().version() == protocol.version();
    }

    /** How many addresses a packet carries on a link of this MTU; keepalived cuts at the same number. */
    int advertisedAt(int mtu) {
        int authentication = protocol.version() == 2 ? VRRP2_AUTHENTICATION : 0;
        int room = (mtu - ETHERNET_HEADER - IPV4_HEADER - VRRP_HEADER - authentication) / Integer.BYTES;
        return Math.max(0, Math.min(Math.min(room, MOST_ADDRESSES), advertised.size()));
    }

    /** What the state machine gets to know on a link of this MTU. */
    RouterConfig protocolAt(int mtu) {
        List<InetAddress> fitting = new ArrayList<>();
        for (VirtualAddress address : advertised.subList(0, advertisedAt(mtu))) {
            fitting.add(address.address());
        }
        return protocol.withAddresses(fitting);
    }

    /** Where an address lives: on an interface of its own or on the router's. */
    String interfaceOf(VirtualAddress address) {
        String dev = address.dev();
        return dev != null ? dev : networkInterface;
    }

    /** All addresses that move, advertised ones first. */
    List<VirtualAddress> addresses() {
        if (excluded.isEmpty()) {
            return advertised;
        }
        List<VirtualAddress> all = new ArrayList<>(advertised.size() + excluded.size());
        all.addAll(advertised);
        all.addAll(excluded);
        return Collections.unmodifiableList(all);
    }

    /** How many move; asked for each batch of a takeover, which has no time to make the list. */
    int addressCount() {
        return advertised.size() + excluded.size();
    }

    /** Whether the addresses are this node's own (RFC 9568 section 1.5): its priority is what it is. */
    boolean isOwner() {
        return protocol.priority() == OWNER;
    }

    /** @param override priority given by hand, 0 for none */
    int basePriority(int override) {
        return override > 0 && !isOwner() ? override : protocol.priority();
    }
}
