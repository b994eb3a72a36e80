/** Weaving hook for newer JDKs. */
@NullMarked
package io.halcyon.console.subject;

import org.jspecify.annotations.NullMarked;
