package io.halcyon.lvs.ipvs;

import io.halcyon.linux.netlink.AttributeWriter;
import io.halcyon.linux.netlink.Attributes;

/** Seconds for which idle connections are known; the kernel leaves alone what is 0. */
record Timeouts(int tcp, int tcpFin, int udp) {

    static Timeouts read(Attributes attributes) {
        return new Timeouts(
                (int) attributes.u32(Ipvs.ATTR_TIMEOUT_TCP), (int) attributes.u32(Ipvs.ATTR_TIMEOUT_TCP_FIN), (int)
                        attributes.u32(Ipvs.ATTR_TIMEOUT_UDP));
    }

    void write(AttributeWriter attributes) {
        attributes
                .u32(Ipvs.ATTR_TIMEOUT_TCP, tcp)
                .u32(Ipvs.ATTR_TIMEOUT_TCP_FIN, tcpFin)
                .u32(Ipvs.ATTR_TIMEOUT_UDP, udp);
    }
}
