package io.halcyon.spi.dataplane;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How a virtual service chooses among its destinations: ipvsadm(8)'s schedulers. */
public enum Scheduler {
    /** Round robin. */
    RR,
    /** Weighted round robin. */
    WRR,
    /** Least connections. */
    LC,
    /** Weighted least connections. */
    WLC,
    /** Locality-based least connections. */
    LBLC,
    /** The same with replication. */
    LBLCR,
    /** Hash of the source. */
    SH,
    /** Maglev hash of the source. */
    MH,
    /** Hash of the destination. */
    DH,
    /** The highest weight that is there. */
    FO,
    /** The highest weight until it has as many connections, then the next. */
    OVF,
    /** Shortest expected delay. */
    SED,
    /** Never queue. */
    NQ,
    /** Power of two random choices. */
    TWOS;

    /** In lower case, as the kernel and keepalived name it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The scheduler of that word, empty if there is none. */
    public static Optional<Scheduler> ofWord(String word) {
        return Stream.of(values())
                .filter(scheduler -> scheduler.word().equals(word))
                .findFirst();
    }
}
