package io.halcyon.notify.engine;

/**
 * How much the journal keeps.
 *
 * @param bytes of all its files
 * @param ageMillis of what is in them
 */
record JournalLimits(long bytes, long ageMillis) {

    private static final int SEGMENTS = 32;
    private static final long SMALLEST_SEGMENT = 64 << 10;
    private static final long LARGEST_SEGMENT = 512 << 10;

    /** Where a file ends and the next one begins: small, since whole files go and whole files are read. */
    long segmentBytes() {
        return Math.max(SMALLEST_SEGMENT, Math.min(LARGEST_SEGMENT, bytes / SEGMENTS));
    }
}
