/** Clocks and the loop's parker. */
@NullMarked
package io.halcyon.host.linux;

import org.jspecify.annotations.NullMarked;
