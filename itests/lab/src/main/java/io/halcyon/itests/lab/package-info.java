/**
 * A laboratory on one machine: hosts are sets of namespaces, the LAN is a bridge between them.
 *
 * <p>What it asserts it sees from outside: frames at the bridge's ports with the kernel's time stamps, the kernel's own
 * words about addresses, and a client that asks. It has system calls of its own, so that a fault of the product's
 * cannot hide itself. All times are nanoseconds of {@code CLOCK_REALTIME}, which the kernel stamps frames with.
 */
@NullMarked
package io.halcyon.itests.lab;

import org.jspecify.annotations.NullMarked;
