package io.halcyon.itests.lab;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Listens to what a host's kernel tells of IPv4 routes of type {@code local} that somebody puts into its main table: packets
 * for the addresses behind them are taken as if the host had these. A thread of its own reads.
 */
public final class LocalRoutes implements AutoCloseable {

    private static final int RTMGRP_IPV4_ROUTE = 0x40;
    private static final int RTM_NEWROUTE = 24;
    private static final int RTA_DST = 1;
    private static final int HEADERS = 28;
    private static final int DESTINATION_LENGTH = 17;
    private static final int READ_TIMEOUT_MILLIS = 200;

    private final List<LocalRoute> routes = new ArrayList<>();
    private volatile boolean open = true;

    /** Starts listening. */
    public LocalRoutes(Lab lab, String host) {
        long pid = lab.host(host).pid();
        var socket = Netns.call(pid, LocalRoutes::open);
        Netns.thread(lab.name() + "-routes-" + host, pid, () -> read(socket));
    }

    private static Fd open() {
        var socket = Fd.netlink(RTMGRP_IPV4_ROUTE, READ_TIMEOUT_MILLIS);
        // Not of those that the kernel makes for each address.
        Filter.onlyLocalRoutes(socket);
        return socket;
    }

    private void read(Fd socket) {
        try (socket;
                var notices = new Notices()) {
            while (open) {
                int count = notices.await(socket);
                long at = Times.now();
                for (int i = 0; i < count; i++) {
                    take(notices.message(i), at);
                }
            }
        }
    }

    private void take(ByteBuffer message, long at) {
        if (message.getShort(4) != RTM_NEWROUTE) {
            return;
        }
        int length = message.get(DESTINATION_LENGTH);
        for (int i = HEADERS; i + 8 <= message.limit(); i += (message.getShort(i) + 3) & ~3) {
            if (message.getShort(i + 2) == RTA_DST) {
                int network =
                        message.slice(i + 4, 4).order(ByteOrder.BIG_ENDIAN).getInt();
                synchronized (routes) {
                    routes.add(new LocalRoute(at, network, length));
                }
            }
        }
    }

    /** Those that came since a time, oldest first. */
    public List<LocalRoute> since(long from) {
        synchronized (routes) {
            return routes.stream().filter(route -> route.at() >= from).toList();
        }
    }

    @Override
    public void close() {
        open = false;
    }
}
