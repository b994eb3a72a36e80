/** Health check by ICMP echo. */
@NullMarked
package io.halcyon.check.ping;

import org.jspecify.annotations.NullMarked;
