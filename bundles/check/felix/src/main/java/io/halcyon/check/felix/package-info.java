/** Health check that runs those of Apache Felix. */
@NullMarked
package io.halcyon.check.felix;

import org.jspecify.annotations.NullMarked;
