/** Health check by an external command. */
@NullMarked
package io.halcyon.check.exec;

import org.jspecify.annotations.NullMarked;
