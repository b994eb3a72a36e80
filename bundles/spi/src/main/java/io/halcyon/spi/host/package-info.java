/** What an engine needs of the machine: clocks, a place to wait, and what its sockets can do. */
@Export
@Version("1.1.0")
@NullMarked
package io.halcyon.spi.host;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
