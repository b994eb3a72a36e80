/** Health check of Redis servers. */
@NullMarked
package io.halcyon.check.redis;

import org.jspecify.annotations.NullMarked;
