/** Health check that knows nginx. */
@NullMarked
package io.halcyon.check.nginx;

import org.jspecify.annotations.NullMarked;
