/** Files that the JDK can read and write but neither make nor open as they want it: FIFOs. */
@Export
@Version("1.0.0")
@NullMarked
package io.halcyon.linux.file;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
