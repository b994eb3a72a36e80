package io.halcyon.spi.dataplane;

import java.util.Locale;

/** Transport protocol of a virtual service; numbers as in the IP header. */
public enum Transport {
    /** Transmission control protocol. */
    TCP(6),
    /** User datagram protocol. */
    UDP(17),
    /** Stream control transmission protocol. */
    SCTP(132);

    private final int number;

    Transport(int number) {
        this.number = number;
    }

    /** IANA's number of the protocol. */
    public int number() {
        return number;
    }

    /** In lower case, as nft and keepalived's FIFO lines have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
