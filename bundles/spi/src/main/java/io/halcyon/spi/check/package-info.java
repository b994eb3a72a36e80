/** What a health-check plugin implements. */
@Export
@Version("1.2.0")
@NullMarked
package io.halcyon.spi.check;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
