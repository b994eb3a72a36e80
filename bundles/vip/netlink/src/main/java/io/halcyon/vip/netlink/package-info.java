/** Addresses through rtnetlink, with a kernel lease. */
@NullMarked
package io.halcyon.vip.netlink;

import org.jspecify.annotations.NullMarked;
