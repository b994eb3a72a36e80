/** Pure VRRP: codec, state machine, effects as data. */
@Export
@Version("1.0.0")
@NullMarked
package io.halcyon.vrrp.protocol;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
