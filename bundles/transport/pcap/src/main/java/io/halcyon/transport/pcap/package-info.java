/** VRRP through libpcap. */
@NullMarked
package io.halcyon.transport.pcap;

import org.jspecify.annotations.NullMarked;
