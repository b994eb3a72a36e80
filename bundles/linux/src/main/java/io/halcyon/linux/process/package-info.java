/** External commands: no shell, a session of their own, an optional user, a limit, and the ownership rules for scripts. */
@Export
@Version("1.1.0")
@NullMarked
package io.halcyon.linux.process;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
