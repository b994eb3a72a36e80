/** Virtual servers: readers' view and commands. */
@Export
@Version("1.0.0")
@NullMarked
package io.halcyon.api.lvs;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
