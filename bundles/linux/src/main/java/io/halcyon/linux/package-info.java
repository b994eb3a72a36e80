/** What the JDK lacks of Linux: errors by name, clocks, network namespaces. */
@Export
@Version("1.1.0")
@NullMarked
package io.halcyon.linux;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
