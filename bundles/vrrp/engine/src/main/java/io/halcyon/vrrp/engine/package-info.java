/** The loop that runs virtual routers. */
@NullMarked
package io.halcyon.vrrp.engine;

import org.jspecify.annotations.NullMarked;
