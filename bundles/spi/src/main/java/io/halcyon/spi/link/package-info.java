/** Network interfaces as events. */
@Export
@Version("1.0.0")
@NullMarked
package io.halcyon.spi.link;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
