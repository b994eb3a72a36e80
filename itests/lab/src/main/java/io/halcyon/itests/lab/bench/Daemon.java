package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Pair;

/** Those that are compared. */
enum Daemon {
    HALCYON("halcyon"),
    /** With its packets sent and captured by libpcap instead of a raw socket. */
    HALCYON_PCAP("halcyon-pcap"),
    KEEPALIVED("keepalived");

    private final String title;

    Daemon(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    Pair.Maker maker() {
        return switch (this) {
            case HALCYON -> Pair.HALCYON;
            case HALCYON_PCAP -> Pair.HALCYON_PCAP;
            case KEEPALIVED -> Pair.KEEPALIVED;
        };
    }
}
