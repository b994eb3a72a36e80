/** Mail. */
@NullMarked
package io.halcyon.notify.smtp;

import org.jspecify.annotations.NullMarked;
