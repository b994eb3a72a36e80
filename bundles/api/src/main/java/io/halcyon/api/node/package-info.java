/** What is there once per node. */
@Export
@Version("1.0.0")
@NullMarked
package io.halcyon.api.node;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
