/** Health checks and their verdicts, for readers and for whoever tracks one. */
@Export
@Version("1.4.0")
@NullMarked
package io.halcyon.api.check;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
