/** TLS for plugins: plaintext in and out of a handler, records on the wire. */
@Export
@Version("2.0.0")
@NullMarked
package io.halcyon.tls;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
