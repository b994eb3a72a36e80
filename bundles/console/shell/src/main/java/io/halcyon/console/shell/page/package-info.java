/** Fetches a page as checks of type {@code http} and {@code https} do, byte for byte, to tell its digest. */
@NullMarked
package io.halcyon.console.shell.page;

import org.jspecify.annotations.NullMarked;
