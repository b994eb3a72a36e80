package io.halcyon.lvs.engine;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys of virtual servers that are there once per node. */
@ObjectClassDefinition(
        name = "Virtual servers of this node",
        description = "What is there once for all virtual servers.",
        pid = NodeKeys.PID)
@interface NodeKeys {

    String PID = "io.halcyon.lvs.node";

    @AttributeDefinition(
            name = "Timeouts",
            description = "Seconds for which idle connections are known, such as 'tcp 7200 tcpfin 120 udp 300'; what is"
                    + " not given stays.",
            required = false)
    String lvs_timeouts() default "";

    @AttributeDefinition(
            name = "Synchronization of connections",
            description =
                    "'INTERFACE ROUTER', and behind them 'id N', 'maxlen N', 'port N', 'ttl N', 'group ADDRESS': while"
                            + " the router is MASTER connections are told, otherwise learned. Without 'id' it is the router's VRID.",
            required = false)
    String lvs_sync_daemon() default "";

    @AttributeDefinition(name = "Flush at stop", description = "Whether the kernel's entries go when the node stops.")
    boolean lvs_flush_on_stop() default false;

    @AttributeDefinition(
            name = "Connections of nobody",
            description = "Whether connections of a real server that is gone end.")
    boolean expire_nodest_conn() default false;

    @AttributeDefinition(
            name = "Persistence of quiescent servers",
            description = "Whether clients leave a real server whose weight is 0 although they are persistent.")
    boolean expire_quiescent_template() default false;

    @AttributeDefinition(
            name = "Connection tracking",
            description = "Whether connections of IPVS are known to connection tracking (ipvs).")
    boolean conntrack() default false;
}
