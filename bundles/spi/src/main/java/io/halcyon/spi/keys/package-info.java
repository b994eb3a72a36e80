/** What the factories of all families have in common: how they read keys, and how they refuse what is in them. */
@Export
@Version("1.0.0")
@NullMarked
package io.halcyon.spi.keys;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
