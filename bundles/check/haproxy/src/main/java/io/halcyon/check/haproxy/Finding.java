package io.halcyon.check.haproxy;

import org.jspecify.annotations.Nullable;

/**
 * What HAProxy said.
 *
 * @param process of itself, null if it did not
 * @param statistics of its proxies and servers, null if it did not
 */
record Finding(@Nullable RunningProcess process, @Nullable Statistics statistics) {}
