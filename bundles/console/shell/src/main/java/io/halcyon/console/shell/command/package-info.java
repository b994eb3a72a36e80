/** The commands. They read {@code api} services and print; Karaf fills their fields. */
@NullMarked
package io.halcyon.console.shell.command;

import org.jspecify.annotations.NullMarked;
