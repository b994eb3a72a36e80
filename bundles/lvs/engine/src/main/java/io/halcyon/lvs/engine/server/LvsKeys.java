package io.halcyon.lvs.engine.server;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * Keys of a virtual server. Besides, there are two families of keys: {@code real.server.NAME}, an address and a port, with keys of
 * {@link RealServerKeys} below it, and {@code check.NAME}, below which stand the keys of a health check that is made for each
 * real server.
 */
@ObjectClassDefinition(
        name = "Virtual server",
        description = "Spreads connections to an address over real servers that work.",
        factoryPid = LvsKeys.PID)
@interface LvsKeys {

    String PID = "io.halcyon.lvs";

    /** Family of keys, and the name of a real server behind it. */
    String REAL_SERVER = "real.server";

    /** Family of keys, and the name of a check behind it. */
    String CHECK = "check";

    @AttributeDefinition(
            name = "Virtual server",
            description =
                    "What is spread, one or more: 'ADDRESS PORT', 'FIRST-LAST PORT', 'NET/LENGTH PORT', each without"
                            + " a port for all ports (persistent services only), or 'fwmark N' with 'inet6' behind it for IPv6.")
    String[] virtual_server();

    @AttributeDefinition(
            name = "Protocol",
            description = "What connections are.",
            options = {@Option("TCP"), @Option("UDP"), @Option("SCTP")})
    String protocol() default "TCP";

    @AttributeDefinition(
            name = "Data plane",
            description =
                    "What spreads: ipvs, nftables, or another that is installed; empty: the best one this kernel can.",
            required = false)
    String dataplane() default "";

    @AttributeDefinition(
            name = "Scheduler",
            description = "How real servers are chosen.",
            options = {
                @Option("rr"),
                @Option("wrr"),
                @Option("lc"),
                @Option("wlc"),
                @Option("lblc"),
                @Option("lblcr"),
                @Option("sh"),
                @Option("mh"),
                @Option("dh"),
                @Option("fo"),
                @Option("ovf"),
                @Option("sed"),
                @Option("nq"),
                @Option("twos")
            })
    String lvs_sched() default "wlc";

    @AttributeDefinition(
            name = "Flags of the scheduler",
            description =
                    "What it is told besides: sh-port, sh-fallback, mh-port, mh-fallback, flag-1, flag-2, flag-3.",
            required = false,
            options = {
                @Option("sh-port"),
                @Option("sh-fallback"),
                @Option("mh-port"),
                @Option("mh-fallback"),
                @Option("flag-1"),
                @Option("flag-2"),
                @Option("flag-3")
            })
    String[] lvs_sched_flags() default {};

    @AttributeDefinition(
            name = "Forwarding method",
            description = "How packets reach real servers: NAT, DR, TUN, or TUN with a type: 'TUN ipip', 'TUN gue port"
                    + " N', 'TUN gre', the last two with nocsum, csum, or gue's remcsum behind them.")
    String lvs_method() default "NAT";

    @AttributeDefinition(
            name = "Masquerade",
            description =
                    "NAT only: whether real servers see this host as the client, so that answers come back whatever"
                            + " their routes are (nftables).")
    boolean masquerade() default false;

    @AttributeDefinition(name = "One packet", description = "UDP only: whether each datagram is spread by itself.")
    boolean ops() default false;

    @AttributeDefinition(
            name = "Persistence",
            description = "Seconds for which a client stays with its real server; 0 means not at all.",
            min = "0",
            max = "2678400")
    int persistence_timeout() default 0;

    @AttributeDefinition(
            name = "Persistence granularity",
            description = "Which clients count as one: a netmask or a prefix length; empty: each one for itself.",
            required = false)
    String persistence_granularity() default "";

    @AttributeDefinition(
            name = "Delay loop",
            description = "Seconds between two looks of a check at a real server.",
            min = "0.001",
            max = "86400")
    double delay_loop() default 60;

    @AttributeDefinition(
            name = "Connect timeout",
            description = "Seconds one look may take.",
            min = "0.001",
            max = "86400")
    double connect_timeout() default 5;

    @AttributeDefinition(
            name = "Retry",
            description = "Further failures in a row after which a real server that was up is down.",
            min = "0",
            max = "9999")
    int retry() default 1;

    @AttributeDefinition(
            name = "Delay before retry",
            description = "Seconds from a failure to the look that confirms or contradicts it.",
            min = "0.001",
            max = "86400")
    double delay_before_retry() default 1;

    @AttributeDefinition(
            name = "Warmup",
            description = "Seconds over which the first looks are spread; 0: none waits. Negative: delay.loop.",
            min = "-1",
            max = "86400")
    double warmup() default -1;

    @AttributeDefinition(name = "Alpha", description = "Whether real servers are down until a look succeeded.")
    boolean alpha() default false;

    @AttributeDefinition(
            name = "Omega",
            description = "Whether the scripts for what goes down run when the node stops, and quorum.down.")
    boolean omega() default false;

    @AttributeDefinition(
            name = "Quorum",
            description = "Weight of real servers that must be up, all together.",
            min = "1",
            max = "2147483647")
    int quorum() default 1;

    @AttributeDefinition(
            name = "Hysteresis",
            description = "How far above the quorum it is gained, and below it is lost; less than the quorum.",
            min = "0",
            max = "2147483646")
    int hysteresis() default 0;

    @AttributeDefinition(
            name = "Quorum gained",
            description = "Script that runs when the quorum is gained, with the rules of notifier exec.",
            required = false)
    String quorum_up() default "";

    @AttributeDefinition(
            name = "Quorum lost",
            description = "Script that runs when the quorum is lost.",
            required = false)
    String quorum_down() default "";

    @AttributeDefinition(
            name = "Weight",
            description = "Of real servers without one of their own.",
            min = "0",
            max = "2147483647")
    int weight() default 1;

    @AttributeDefinition(
            name = "Inhibit on failure",
            description = "Whether a real server that is down stays with weight 0 instead of leaving, so that its"
                    + " connections go on.")
    boolean inhibit_on_failure() default false;

    @AttributeDefinition(
            name = "Suspend",
            description =
                    "Whether nobody looks at real servers while the virtual server's address is not on this host.")
    boolean ha_suspend() default false;

    @AttributeDefinition(
            name = "Sorry server",
            description = "'ADDRESS PORT' that serves while there is no quorum; without a port: that of the packet.",
            required = false)
    String sorry_server() default "";

    @AttributeDefinition(
            name = "Inhibit the sorry server",
            description = "Whether the sorry server stays with weight 0 while it is not needed, so that its connections"
                    + " go on.")
    boolean sorry_server_inhibit() default false;

    @AttributeDefinition(
            name = "Method of the sorry server",
            description = "As lvs.method; empty: the same.",
            required = false)
    String sorry_server_lvs_method() default "";

    @AttributeDefinition(
            name = "Virtual host",
            description = "Host header of checks over HTTP that have none of their own.",
            required = false)
    String virtualhost() default "";

    @AttributeDefinition(
            name = "Resolution",
            description = "Seconds after which host names of real servers are asked for again.",
            min = "1",
            max = "86400")
    int resolve_interval() default 60;

    @AttributeDefinition(
            name = "Slow start",
            description =
                    "Seconds over which the weight of a real server that came back grows to what it is; 0: at once.",
            min = "0",
            max = "86400")
    int slow_start() default 0;

    @AttributeDefinition(
            name = "Ejection cap",
            description = "How many of 100 real servers may be out because they are down; those beyond stay although"
                    + " they are down.",
            min = "0",
            max = "100")
    int ejected_max() default 100;

    @AttributeDefinition(
            name = "End connections",
            description = "Whether connections of a real server that leaves because it is down end at once.")
    boolean connections_end() default false;
}
