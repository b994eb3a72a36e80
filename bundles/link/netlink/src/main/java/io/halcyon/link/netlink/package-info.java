/** Interfaces, carrier, addresses and MACs as events. */
@NullMarked
package io.halcyon.link.netlink;

import org.jspecify.annotations.NullMarked;
