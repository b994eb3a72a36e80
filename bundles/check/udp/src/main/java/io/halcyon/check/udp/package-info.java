/** Health check of a UDP port. */
@NullMarked
package io.halcyon.check.udp;

import org.jspecify.annotations.NullMarked;
