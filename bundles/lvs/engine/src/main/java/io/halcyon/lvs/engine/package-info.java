/** Virtual servers: weights, quorum, sorry server, drain. */
@NullMarked
package io.halcyon.lvs.engine;

import org.jspecify.annotations.NullMarked;
