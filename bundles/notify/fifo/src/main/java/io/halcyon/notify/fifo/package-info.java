/** Notifier type {@code fifo}. */
@NullMarked
package io.halcyon.notify.fifo;

import org.jspecify.annotations.NullMarked;
