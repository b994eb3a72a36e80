/** Health check that counts processes. */
@NullMarked
package io.halcyon.check.process;

import org.jspecify.annotations.NullMarked;
