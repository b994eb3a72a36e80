/** The endurance test: a pair of hosts, a random fault every few seconds, a client that asks all the time. */
@NullMarked
package io.halcyon.itests.lab.soak;

import org.jspecify.annotations.NullMarked;
