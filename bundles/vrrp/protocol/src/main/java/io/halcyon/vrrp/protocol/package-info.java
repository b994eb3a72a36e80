/** Pure VRRP: codec, state machine, effects as data. */
@NullMarked
package io.halcyon.vrrp.protocol;

import org.jspecify.annotations.NullMarked;
