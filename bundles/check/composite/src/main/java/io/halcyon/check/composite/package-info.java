/** Health check of other checks. */
@NullMarked
package io.halcyon.check.composite;

import org.jspecify.annotations.NullMarked;
