/** What an engine needs of the machine: clocks and a place to wait. */
@Export
@Version("1.0.0")
@NullMarked
package io.halcyon.spi.host;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
