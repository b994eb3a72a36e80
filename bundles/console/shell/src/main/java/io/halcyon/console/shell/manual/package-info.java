/** The manual page and the completion of bash, made at build time from the commands themselves and from the launcher. */
@NullMarked
package io.halcyon.console.shell.manual;

import org.jspecify.annotations.NullMarked;
