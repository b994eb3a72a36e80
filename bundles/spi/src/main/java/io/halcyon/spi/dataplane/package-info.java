/** What spreads connections over servers: IPVS, nftables, or a plugin of your own. */
@Export
@Version("1.0.0")
@NullMarked
package io.halcyon.spi.dataplane;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
