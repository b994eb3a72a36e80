/** Api records as JSON. */
@NullMarked
package io.halcyon.json;

import org.jspecify.annotations.NullMarked;
