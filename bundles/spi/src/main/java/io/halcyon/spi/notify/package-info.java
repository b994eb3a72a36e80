/** What a notifier plugin implements. */
@Export
@Version("1.2.0")
@NullMarked
package io.halcyon.spi.notify;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
