package io.halcyon.linux.netlink;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What happens to links and addresses. One thread owns it and closes it; only {@link #wake} is for the others. */
public final class RouteEvents implements AutoCloseable {

    /** A receive buffer for thousands of changes at once. */
    public static final int RECEIVE_BUFFER_BYTES = 4 << 20;

    private static final int RTMGRP_LINK = 0x1;
    private static final int RTMGRP_IPV4_IFADDR = 0x10;
    private static final int RTMGRP_IPV6_IFADDR = 0x100;

    private final NetlinkSocket socket;

    private RouteEvents(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** Hears of events. */
    public interface Listener {
        void onLink(KernelLink link);

        void onLinkGone(KernelLink link);

        void onAddress(KernelAddress address);

        void onAddressGone(KernelAddress address);

        /** Events were lost: everything must be read anew. */
        void onOverrun();
    }

    public static RouteEvents open(int receiveBufferBytes) throws IOException {
        return new RouteEvents(
                NetlinkSocket.open(RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR, receiveBufferBytes));
    }

    /**
     * From now on keeps quiet about changes of IPv4 addresses made through this port: who made a thousand need not read a
     * thousand messages about them.
     */
    public void ignore(RouteRequests requests) throws IOException {
        socket.filter(MessageFilter.notFromPort(requests.port()));
    }

    /** From now on keeps quiet about addresses that Halcyon added, on kernels that tell (5.18, {@code IFA_PROTO}). */
    public void ignoreOurs() throws IOException {
        socket.filter(MessageFilter.notOfProtocol(KernelAddress.HALCYON));
    }

    /**
     * Waits for an event, for {@link #wake} or for the time to be over.
     *
     * @param timeoutMillis -1 for no end
     */
    public void await(int timeoutMillis) throws IOException {
        socket.await(timeoutMillis);
    }

    /** Tells of everything that is there to be read; returns at once. */
    public void drain(Listener listener) throws IOException {
        while (true) {
            try {
                ByteBuffer datagram = socket.receive();
                if (datagram == null) {
                    return;
                }
                Message.forEach(datagram, message -> tell(message, listener));
            } catch (OverrunException e) {
                listener.onOverrun();
            }
        }
    }

    /** Makes {@link #await} return. Thread-safe. */
    public void wake() {
        socket.wake();
    }

    @Override
    public void close() {
        socket.close();
    }

    private static void tell(Message message, Listener listener) {
        switch (message.type()) {
            case Netlink.RTM_NEWLINK, Netlink.RTM_DELLINK -> {
                KernelLink link = KernelLink.read(message);
                if (link != null && message.type() == Netlink.RTM_NEWLINK) {
                    listener.onLink(link);
                } else if (link != null) {
                    listener.onLinkGone(link);
                }
            }
            case Netlink.RTM_NEWADDR, Netlink.RTM_DELADDR -> {
                KernelAddress address = KernelAddress.read(message);
                if (address != null && message.type() == Netlink.RTM_NEWADDR) {
                    listener.onAddress(address);
                } else if (address != null) {
                    listener.onAddressGone(address);
                }
            }
            case Netlink.NLMSG_OVERRUN -> listener.onOverrun();
            default -> {}
        }
    }
}
