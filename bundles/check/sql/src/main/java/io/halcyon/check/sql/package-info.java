/** Health check that asks a database. */
@NullMarked
package io.halcyon.check.sql;

import org.jspecify.annotations.NullMarked;
