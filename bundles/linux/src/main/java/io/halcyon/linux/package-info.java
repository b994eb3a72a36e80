/** What the JDK lacks: raw, packet and netlink sockets, processes. */
@NullMarked
package io.halcyon.linux;

import org.jspecify.annotations.NullMarked;
