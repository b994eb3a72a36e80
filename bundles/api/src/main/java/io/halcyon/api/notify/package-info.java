/** Notifiers: what readers see and the commands they may give. */
@Export
@Version("2.1.0")
@NullMarked
package io.halcyon.api.notify;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
