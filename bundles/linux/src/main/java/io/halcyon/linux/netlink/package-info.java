/** Netlink sockets, rtnetlink's addresses, links and connected routes, generic netlink, and netfilter's tables and connections. */
@Export
@Version("1.0.0")
@NullMarked
package io.halcyon.linux.netlink;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
