/** Schedule, rise and fall, verdicts. */
@NullMarked
package io.halcyon.check.engine;

import org.jspecify.annotations.NullMarked;
