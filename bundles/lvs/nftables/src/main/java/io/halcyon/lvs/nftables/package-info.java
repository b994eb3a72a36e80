/** Data plane {@code nftables}: virtual servers on kernels without IPVS. */
@NullMarked
package io.halcyon.lvs.nftables;

import org.jspecify.annotations.NullMarked;
