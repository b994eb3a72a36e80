/** What commonly breaks VRRP on a host. */
@NullMarked
package io.halcyon.host.doctor;

import org.jspecify.annotations.NullMarked;
