/** Passive health check: others tell that they live. */
@NullMarked
package io.halcyon.check.heartbeat;

import org.jspecify.annotations.NullMarked;
