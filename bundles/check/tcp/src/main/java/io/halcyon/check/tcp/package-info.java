/** Health check of a TCP port. */
@NullMarked
package io.halcyon.check.tcp;

import org.jspecify.annotations.NullMarked;
