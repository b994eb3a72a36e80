/** Data plane {@code ipvs}: virtual servers in the kernel's IPVS. */
@NullMarked
package io.halcyon.lvs.ipvs;

import org.jspecify.annotations.NullMarked;
