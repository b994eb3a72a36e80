package io.halcyon.spi.dataplane;

/**
 * What is there once per table. What is 0 or false stays as the host has it.
 *
 * @param tcpSeconds how long an idle connection is known, 0-2,678,400; ipvsadm(8), {@code --set}
 * @param tcpFinSeconds the same after a FIN
 * @param udpSeconds the same of UDP
 * @param expireNodestConn whether connections of a destination that is gone end at their next packet
 *     (net.ipv4.vs.expire_nodest_conn)
 * @param expireQuiescentTemplate whether persistence ends with a weight of 0 (net.ipv4.vs.expire_quiescent_template)
 * @param conntrack whether connections of IPVS are known to connection tracking (net.ipv4.vs.conntrack)
 */
public record Options(
        int tcpSeconds,
        int tcpFinSeconds,
        int udpSeconds,
        boolean expireNodestConn,
        boolean expireQuiescentTemplate,
        boolean conntrack) {

    /** All as the host has it. */
    public static final Options NONE = new Options(0, 0, 0, false, false, false);
}
