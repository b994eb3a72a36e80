/** A LAN inside the JVM. */
@NullMarked
package io.halcyon.transport.memory;

import org.jspecify.annotations.NullMarked;
