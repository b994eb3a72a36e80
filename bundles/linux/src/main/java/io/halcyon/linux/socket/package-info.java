/** Sockets that the JDK lacks: raw IP, link layer with kernel filters, datagrams to local paths, and a way to wait for several at once. */
@Export
@Version("1.3.0")
@NullMarked
package io.halcyon.linux.socket;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
