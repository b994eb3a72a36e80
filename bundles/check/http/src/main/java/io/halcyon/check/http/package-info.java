/** Check types {@code http} and {@code https}. */
@NullMarked
package io.halcyon.check.http;

import org.jspecify.annotations.NullMarked;
