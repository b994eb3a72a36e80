/** Health check that knows HAProxy. */
@NullMarked
package io.halcyon.check.haproxy;

import org.jspecify.annotations.NullMarked;
