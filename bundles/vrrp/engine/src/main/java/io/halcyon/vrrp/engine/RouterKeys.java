package io.halcyon.vrrp.engine;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Keys of {@code etc/io.halcyon.vrrp-NAME.cfg}; names, units and defaults are keepalived's. */
@ObjectClassDefinition(
        name = "Virtual router",
        description = "A VRRP virtual router: addresses that move between hosts.",
        factoryPid = VrrpEngine.PID)
@interface RouterKeys {

    @AttributeDefinition(
            description = "Network interface that VRRP runs on. It may be missing: FAULT until it appears.")
    String interface$();

    @AttributeDefinition(
            description = "Virtual router id, the same on all hosts of this router, 1-255.",
            min = "1",
            max = "255")
    int virtual_router_id();

    @AttributeDefinition(
            description =
                    "Wished first state. It only matters where priority is not given: MASTER means 255 then, the owner.",
            options = {@Option(label = "MASTER", value = "MASTER"), @Option(label = "BACKUP", value = "BACKUP")})
    String state() default "BACKUP";

    @AttributeDefinition(
            description = "Election priority, 1-255; 255 is the owner of the addresses (default with state = MASTER).",
            min = "1",
            max = "255")
    int priority() default 100;

    @AttributeDefinition(
            description = "Advertisement interval in seconds: whole seconds 1-255 (version 2), 0.01-40.95 (version 3).",
            min = "0.01",
            max = "255")
    double advert_int() default 1;

    @AttributeDefinition(
            description = "VRRP version: 2 (RFC 3768) or 3 (RFC 9568).",
            options = {@Option(label = "2", value = "2"), @Option(label = "3", value = "3")})
    String version() default "2";

    @AttributeDefinition(
            description = "Authentication of version 2: none or PASS (clear text, RFC 2338).",
            options = {@Option(label = "none", value = "none"), @Option(label = "PASS", value = "PASS")})
    String auth_type() default "none";

    @AttributeDefinition(
            description = "Password for auth.type = PASS; the first 8 characters count.",
            type = AttributeType.PASSWORD,
            required = false)
    String auth_pass();

    @AttributeDefinition(
            description = "Addresses that move and are advertised, comma separated: IP[/LEN] [dev IF] [brd IP|+|-]"
                    + " [scope SCOPE] [label LABEL]. IPv4; more than fit into a packet become excluded.",
            required = false)
    String[] virtual_ipaddress();

    @AttributeDefinition(
            description = "Addresses that move without being advertised, IPv4 or IPv6, same form.",
            required = false)
    String[] virtual_ipaddress_excluded();

    @AttributeDefinition(
            description =
                    "Checks that are tracked, comma separated: NAME [weight N] [reverse]. Weight 0: failure is FAULT;"
                            + " positive: added while up; negative: subtracted while down. Default: the check's own weight.",
            required = false)
    String[] track_script();

    @AttributeDefinition(
            description =
                    "More interfaces that are tracked, comma separated: NAME [weight N] [reverse]. Default weight 0.",
            required = false)
    String[] track_interface();

    @AttributeDefinition(description = "Do not take over from a running master of lower priority.")
    boolean nopreempt() default false;

    @AttributeDefinition(description = "Seconds to wait before preempting, 0-1000.", min = "0", max = "1000")
    double preempt_delay() default 0;

    @AttributeDefinition(
            description = "Seconds between the first and the second burst of gratuitous ARP; 0 for no second one.",
            min = "0",
            max = "1000")
    double garp_master_delay() default 5;

    @AttributeDefinition(description = "Gratuitous ARPs per address and burst, 1-100.", min = "1", max = "100")
    int garp_master_repeat() default 5;

    @AttributeDefinition(
            description = "Seconds between refreshing bursts while MASTER; 0 is off.",
            min = "0",
            max = "86400")
    double garp_master_refresh() default 0;

    @AttributeDefinition(description = "Gratuitous ARPs per address and refresh, 1-100.", min = "1", max = "100")
    int garp_master_refresh_repeat() default 1;

    @AttributeDefinition(
            description =
                    "Seconds to the second burst after a lower-priority advertisement; default garp.master.delay.",
            min = "-1",
            max = "1000",
            required = false)
    double garp_lower_prio_delay() default -1;

    @AttributeDefinition(
            description =
                    "Gratuitous ARPs per burst after a lower-priority advertisement; 0 is off; default garp.master.repeat.",
            min = "-1",
            max = "100",
            required = false)
    int garp_lower_prio_repeat() default -1;

    @AttributeDefinition(
            description = "Advertisements that may be missed before a backup takes over; the same on all hosts, 1-100.",
            min = "1",
            max = "100")
    int down_timer_adverts() default 3;

    @AttributeDefinition(
            description =
                    "Send version 3 over IPv4 with RFC 9568's checksum (no pseudo-header). keepalived drops it unless told so.")
    boolean v3_checksum_as_v2() default false;

    @AttributeDefinition(description = "Transport plugin that carries the packets.")
    String transport() default "raw";

    @AttributeDefinition(
            description = "VIP manager that claims and releases the addresses: netlink, or the NAME of an"
                    + " io.halcyon.vip-NAME.cfg.")
    String vip() default "netlink";

    @AttributeDefinition(
            description = "Kernel lifetime of the addresses: on (computed from the timers), off, or seconds 2-3600.")
    String lease() default "on";
}
