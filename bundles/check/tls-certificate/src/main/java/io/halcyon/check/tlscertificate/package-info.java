/** Health check of TLS certificates. */
@NullMarked
package io.halcyon.check.tlscertificate;

import org.jspecify.annotations.NullMarked;
