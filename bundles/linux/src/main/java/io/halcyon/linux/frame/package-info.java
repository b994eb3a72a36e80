/** Frames and headers that VRRP's transports send and read, octet for octet. */
@Export
@Version("2.0.0")
@NullMarked
package io.halcyon.linux.frame;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
