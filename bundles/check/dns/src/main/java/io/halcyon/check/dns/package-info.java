/** Health check of a DNS server. */
@NullMarked
package io.halcyon.check.dns;

import org.jspecify.annotations.NullMarked;
