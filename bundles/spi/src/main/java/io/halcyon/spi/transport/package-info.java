/** How VRRP messages get onto a link and off it. */
@Export
@Version("1.1.0")
@NullMarked
package io.halcyon.spi.transport;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
