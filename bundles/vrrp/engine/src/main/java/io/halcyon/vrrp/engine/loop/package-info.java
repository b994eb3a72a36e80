/**
 * The loop that runs virtual routers, usable without OSGi.
 *
 * <p>Exported for the simulator and for tests only, so that they run the loop that ships.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.halcyon.vrrp.engine.loop;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
