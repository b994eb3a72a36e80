package io.halcyon.check.ping;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys of the type {@code ping}. */
@ObjectClassDefinition(name = "ping", description = "Up while a host answers ICMP or ICMPv6 echo requests.")
@interface PingKeys {

    @AttributeDefinition(name = "Host", description = "Address or host name that is asked.")
    String connect_ip();

    @AttributeDefinition(name = "Count", description = "Echo requests of one run.", min = "1", max = "100")
    int count() default 1;

    @AttributeDefinition(
            name = "Echo interval",
            description = "Seconds from one request of a run to the next.",
            min = "0.001",
            max = "60")
    double echo_interval() default 0.2;

    @AttributeDefinition(
            name = "Reply wait",
            description = "Seconds after which a request without a reply is lost.",
            min = "0.001",
            max = "60")
    double reply_wait() default 0.8;

    @AttributeDefinition(
            name = "Least replies",
            description = "DOWN below this number of replies; at most count.",
            min = "1",
            max = "100")
    int replies_min() default 1;

    @AttributeDefinition(
            name = "Most loss",
            description = "DEGRADED above this percentage of lost requests; 100 means no limit.",
            min = "0",
            max = "100")
    double loss_max() default 100;

    @AttributeDefinition(
            name = "Slowest round trip",
            description = "DEGRADED if one round trip takes longer than this number of seconds; 0 means no limit.",
            min = "0",
            max = "60")
    double rtt_max() default 0;

    @AttributeDefinition(
            name = "Average round trip",
            description =
                    "DEGRADED if the average round trip takes longer than this number of seconds; 0 means no limit.",
            min = "0",
            max = "60")
    double rtt_avg_max() default 0;

    @AttributeDefinition(
            name = "Size",
            description = "Octets of data in each request; 16 of them are random, and the reply must bring back all.",
            min = "16",
            max = "65507")
    int size() default 56;

    @AttributeDefinition(
            name = "Source address",
            description =
                    "Address from which requests come, of the same family as the host's; empty: the route decides.",
            required = false)
    String bindto() default "";

    @AttributeDefinition(
            name = "Interface",
            description = "Interface by which requests leave; empty: the route decides. Link-local hosts need it.",
            required = false)
    String bind_if() default "";

    @AttributeDefinition(
            name = "Firewall mark",
            description = "Mark of the requests for firewall and routing rules; 0 means none.",
            min = "0",
            max = "2147483647")
    int fwmark() default 0;
}
