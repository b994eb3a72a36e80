/** Health check of a file. */
@NullMarked
package io.halcyon.check.file;

import org.jspecify.annotations.NullMarked;
