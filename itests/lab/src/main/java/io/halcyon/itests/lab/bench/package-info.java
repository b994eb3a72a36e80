/**
 * {@code ./bench}: measures Halcyon and Debian's keepalived in turn, in the laboratory, and says whether the targets are met.
 *
 * <p>Every figure comes from outside: frames at the bridge with the kernel's time stamps, what the hosts' kernels tell of
 * addresses and processes, and a client's probes. A daemon's own words are asked for one thing only, that it is a backup.
 */
@NullMarked
package io.halcyon.itests.lab.bench;

import org.jspecify.annotations.NullMarked;
