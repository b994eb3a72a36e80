/** Lets Karaf's shell run where the JDK has given up {@code Subject.getSubject}. */
@NullMarked
package io.halcyon.console.subject;

import org.jspecify.annotations.NullMarked;
