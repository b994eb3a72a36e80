/** The operator's way in: Karaf commands and the local command line. */
@NullMarked
package io.halcyon.console.shell;

import org.jspecify.annotations.NullMarked;
