/** Netlink sockets, rtnetlink's addresses, links and connected routes, and generic netlink. */
@Export
@Version("1.0.0")
@NullMarked
package io.halcyon.linux.netlink;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
