package io.halcyon.check.dns;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Keys of the type {@code dns}. */
@ObjectClassDefinition(name = "dns", description = "Up while a DNS server answers a question as expected.")
@interface DnsKeys {

    @AttributeDefinition(name = "Server", description = "Address or host name of the server.")
    String connect_ip() default "127.0.0.1";

    @AttributeDefinition(name = "Port", description = "Port of the server.", min = "1", max = "65535")
    int connect_port() default 53;

    @AttributeDefinition(
            name = "Protocol",
            description = "Asks by udp or tcp.",
            options = {@Option(value = "udp", label = "UDP"), @Option(value = "tcp", label = "TCP")})
    String protocol() default "udp";

    @AttributeDefinition(
            name = "Fall back to TCP",
            description = "Whether a truncated answer by UDP is asked for again by TCP.",
            required = false)
    boolean tcp_fallback() default true;

    @AttributeDefinition(name = "Name", description = "Domain name that is asked for; a dot is the root.")
    String name() default ".";

    @AttributeDefinition(
            name = "Query type",
            description = "Record type that is asked for, such as A, AAAA, SOA, TXT, ANY or TYPE65280.")
    String query_type() default "SOA";

    @AttributeDefinition(name = "Query class", description = "Class that is asked for: IN, CH or HS.")
    String query_class() default "IN";

    @AttributeDefinition(
            name = "Recursion",
            description = "Whether the server is asked to ask others.",
            required = false)
    boolean recursion() default true;

    @AttributeDefinition(name = "Response codes", description = "Codes that are right, such as NOERROR or NXDOMAIN.")
    String[] rcode() default {"NOERROR"};

    @AttributeDefinition(
            name = "Authoritative",
            description = "Whether the answer must be from the server's own data.",
            required = false)
    boolean authoritative() default false;

    @AttributeDefinition(
            name = "Least answers",
            description = "Records of the type asked for that a NOERROR answer has at least.",
            min = "0",
            max = "1000")
    int answers_min() default 1;

    @AttributeDefinition(
            name = "Expected answers",
            description =
                    "Data of records as in a zone file, such as 192.0.2.1 or 10 mx.example.org; of TXT the bare text."
                            + " Empty: any.",
            required = false)
    String[] answers() default {};

    @AttributeDefinition(
            name = "Match",
            description = "any: one of the expected answers is there; all: each one is; exact: and no other.",
            options = {
                @Option(value = "any", label = "any"),
                @Option(value = "all", label = "all"),
                @Option(value = "exact", label = "exact")
            })
    String answers_match() default "any";

    @AttributeDefinition(
            name = "Reply wait",
            description = "Seconds within which the answer must come, by TCP too.",
            min = "0.001",
            max = "86400")
    double reply_wait() default 0.8;

    @AttributeDefinition(
            name = "Slowest answer",
            description = "DEGRADED if the answer takes longer than this number of seconds; 0 means no limit.",
            min = "0",
            max = "86400")
    double latency_max() default 0;

    @AttributeDefinition(
            name = "Source address",
            description = "Address of this machine from which connections come; empty: the route decides.",
            required = false)
    String bindto() default "";

    @AttributeDefinition(
            name = "Source port",
            description = "Port from which connections come; 0: any.",
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
