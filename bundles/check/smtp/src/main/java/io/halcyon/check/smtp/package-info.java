/** Health check of mail servers. */
@NullMarked
package io.halcyon.check.smtp;

import org.jspecify.annotations.NullMarked;
