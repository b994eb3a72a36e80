package io.halcyon.check.http;

/**
 * Limits of a run.
 *
 * @param connectMillis within which a connection must be open, 0 for none
 * @param redirects that are followed per URL
 * @param bodyBytes that are read of one answer
 * @param latencyNanos above which all answers together are too slow, 0 for none
 */
record Limits(long connectMillis, int redirects, int bodyBytes, long latencyNanos) {}
