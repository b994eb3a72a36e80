/** VRRP over raw sockets. */
@NullMarked
package io.halcyon.transport.raw;

import org.jspecify.annotations.NullMarked;
