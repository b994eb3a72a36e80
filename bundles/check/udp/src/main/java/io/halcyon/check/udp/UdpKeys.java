package io.halcyon.check.udp;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys of the type {@code udp}. */
@ObjectClassDefinition(
        name = "udp",
        description = "Up while a datagram brings no ICMP error, or the reply that it should bring.")
@interface UdpKeys {

    @AttributeDefinition(name = "Send to", description = "Address or host name to send to.")
    String connect_ip() default "127.0.0.1";

    @AttributeDefinition(name = "Port", description = "Port to send to.", min = "1", max = "65535")
    int connect_port();

    @AttributeDefinition(
            name = "Payload",
            description = "What is sent, in hexadecimal digits, blanks between octets allowed. Empty: payload.text, or"
                    + " random octets.",
            required = false)
    String payload() default "";

    @AttributeDefinition(name = "Payload as text", description = "What is sent, as UTF-8.", required = false)
    String payload_text() default "";

    @AttributeDefinition(
            name = "Require reply",
            description = "Whether a reply must come; otherwise no ICMP error is enough.",
            required = false)
    boolean require_reply() default false;

    @AttributeDefinition(
            name = "Reply pattern",
            description = "What the required reply begins with, in hexadecimal digits; X stands for any digit.",
            required = false)
    String reply_pattern() default "";

    @AttributeDefinition(
            name = "Reply text",
            description = "Text that the required reply contains, as UTF-8.",
            required = false)
    String reply_text() default "";

    @AttributeDefinition(
            name = "Shortest reply",
            description = "Octets that the required reply has at least.",
            min = "0",
            max = "65535")
    int min_reply_length() default 0;

    @AttributeDefinition(
            name = "Longest reply",
            description = "Octets that the required reply has at most.",
            min = "0",
            max = "65535")
    int max_reply_length() default 255;

    @AttributeDefinition(
            name = "Reply wait",
            description = "Seconds within which the required reply must come; without one, in which no ICMP error may"
                    + " come.",
            min = "0.001",
            max = "86400")
    double reply_wait() default 0.8;

    @AttributeDefinition(
            name = "Slowest reply",
            description = "DEGRADED if the required reply takes longer than this number of seconds; 0 means no limit.",
            min = "0",
            max = "86400")
    double latency_max() default 0;

    @AttributeDefinition(
            name = "Source address",
            description = "Address of this machine from which datagrams come; empty: the route decides.",
            required = false)
    String bindto() default "";

    @AttributeDefinition(
            name = "Source port",
            description = "Port from which datagrams come; 0: any.",
            min = "0",
            max = "65535")
    int bind_port() default 0;

    @AttributeDefinition(
            name = "Interface",
            description = "Interface by which packets go and come; empty: the route decides.",
            required = false)
    String bind_if() default "";

    @AttributeDefinition(
            name = "Firewall mark",
            description = "Mark of what is sent, for firewall and routing rules; 0 means none.",
            min = "0",
            max = "2147483647")
    int fwmark() default 0;
}
