/** Notifier type {@code syslog}. */
@NullMarked
package io.halcyon.notify.syslog;

import org.jspecify.annotations.NullMarked;
