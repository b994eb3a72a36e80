/** How addresses get into the kernel and out of it. */
@Export
@Version("1.5.0")
@NullMarked
package io.halcyon.spi.vip;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
