/** The local command line: one Unix-domain socket, one command per connection. */
@NullMarked
package io.halcyon.console.shell.line;

import org.jspecify.annotations.NullMarked;
