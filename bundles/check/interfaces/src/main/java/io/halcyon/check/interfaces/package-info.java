/** Health check of network interfaces; {@code interface}, its type, cannot be a package's name. */
@NullMarked
package io.halcyon.check.interfaces;

import org.jspecify.annotations.NullMarked;
