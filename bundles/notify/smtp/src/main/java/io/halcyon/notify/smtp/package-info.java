/**
 * Notifier by mail.
 *
 * <p>Everything that names a mail class is in {@link io.halcyon.notify.smtp.Mailer} and behind it: a node that never sends a
 * mail never loads them.
 */
@NullMarked
package io.halcyon.notify.smtp;

import org.jspecify.annotations.NullMarked;
