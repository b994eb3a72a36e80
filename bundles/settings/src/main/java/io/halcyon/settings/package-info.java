/** One object's configuration, read once and for all. */
@NullMarked
package io.halcyon.settings;

import org.jspecify.annotations.NullMarked;
