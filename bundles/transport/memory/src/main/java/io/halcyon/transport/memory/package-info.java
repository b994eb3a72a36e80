/** A LAN inside the JVM, for tests and simulation. */
@Export
@Version("1.0.0")
@NullMarked
package io.halcyon.transport.memory;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
