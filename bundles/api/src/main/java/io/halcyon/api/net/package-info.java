/** Addresses as operators write them and as the wire carries them. */
@Export
@Version("1.1.0")
@NullMarked
package io.halcyon.api.net;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
