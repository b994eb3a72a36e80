/** Notifier type {@code webhook}. */
@NullMarked
package io.halcyon.notify.webhook;

import org.jspecify.annotations.NullMarked;
