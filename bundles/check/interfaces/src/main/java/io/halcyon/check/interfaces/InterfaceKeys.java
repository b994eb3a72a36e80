package io.halcyon.check.interfaces;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys of the type {@code interface}. */
@ObjectClassDefinition(name = "interface", description = "Up while network interfaces are up, fast and have addresses.")
@interface InterfaceKeys {

    @AttributeDefinition(name = "Interfaces", description = "Names of the interfaces.")
    String[] interface$();

    @AttributeDefinition(
            name = "Quorum",
            description = "How many of them must be fine: all, any, or a number.",
            required = false)
    String quorum() default "all";

    @AttributeDefinition(
            name = "Carrier",
            description = "Whether a cable must be in; without it, up is enough.",
            required = false)
    boolean carrier() default true;

    @AttributeDefinition(
            name = "Least speed",
            description = "Least speed in Mbit/s; 0 means any.",
            min = "0",
            max = "10000000")
    int speed_min() default 0;

    @AttributeDefinition(
            name = "Full duplex",
            description = "Whether both sides must be able to send at once.",
            required = false)
    boolean duplex_full() default false;

    @AttributeDefinition(
            name = "Addresses",
            description =
                    "Each must be on the interface: an address, a network in which it has one, or ipv4 or ipv6 for"
                            + " any but link-local ones.",
            required = false)
    String[] address() default {};
}
