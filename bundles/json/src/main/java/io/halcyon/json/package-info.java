/** Records of the api as JSON and back. */
@Export
@Version("1.2.0")
@NullMarked
package io.halcyon.json;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
