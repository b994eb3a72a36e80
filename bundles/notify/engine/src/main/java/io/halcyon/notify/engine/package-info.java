/** Events in order to every notifier, with retry. */
@NullMarked
package io.halcyon.notify.engine;

import org.jspecify.annotations.NullMarked;
