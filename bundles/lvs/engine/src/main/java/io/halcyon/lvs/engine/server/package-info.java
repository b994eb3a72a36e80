/** A virtual server as a function of what it is told: settings, state, effects. No clock, no I/O, no log. */
@NullMarked
package io.halcyon.lvs.engine.server;

import org.jspecify.annotations.NullMarked;
