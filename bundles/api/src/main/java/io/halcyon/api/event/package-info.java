/** Everything that happened, in order, with its cause. */
@Export
@Version("2.1.0")
@NullMarked
package io.halcyon.api.event;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
