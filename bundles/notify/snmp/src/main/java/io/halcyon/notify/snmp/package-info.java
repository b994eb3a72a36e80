/** Notifier type {@code snmp}. */
@NullMarked
package io.halcyon.notify.snmp;

import org.jspecify.annotations.NullMarked;
