package io.halcyon.spi.dataplane;

/** What has passed since it was made; IPVS sums it up every two seconds. */
public record Counters(long connections, long packetsIn, long packetsOut, long bytesIn, long bytesOut) {

    /** Nothing yet. */
    public static final Counters NONE = new Counters(0, 0, 0, 0, 0);
}
