/** One object's configuration, read once and for all: from text to a checked record, or a refusal a person can act on. */
@Export
@Version("1.3.0")
@NullMarked
package io.halcyon.settings;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
