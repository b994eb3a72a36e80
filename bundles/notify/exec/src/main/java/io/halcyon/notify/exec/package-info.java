/** Notifier type {@code exec}. */
@NullMarked
package io.halcyon.notify.exec;

import org.jspecify.annotations.NullMarked;
