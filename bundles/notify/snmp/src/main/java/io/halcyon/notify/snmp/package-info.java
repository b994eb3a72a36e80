/**
 * Notifier type {@code snmp}.
 *
 * <p>Everything that names a class of the SNMP library is in {@link io.halcyon.notify.snmp.Outlet} and behind it: a node that
 * never sends a trap never loads them.
 */
@NullMarked
package io.halcyon.notify.snmp;

import org.jspecify.annotations.NullMarked;
