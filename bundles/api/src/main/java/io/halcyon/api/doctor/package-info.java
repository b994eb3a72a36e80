/** What is wrong with this host as a place for virtual routers, and how to cure it. */
@Export
@Version("1.0.0")
@NullMarked
package io.halcyon.api.doctor;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
