/** Virtual addresses as the kernel has them. */
@Export
@Version("1.0.0")
@NullMarked
package io.halcyon.api.vip;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
