/** Fake clocks and kernels, recorders, SPI contract tests. */
@NullMarked
package io.halcyon.testkit;

import org.jspecify.annotations.NullMarked;
