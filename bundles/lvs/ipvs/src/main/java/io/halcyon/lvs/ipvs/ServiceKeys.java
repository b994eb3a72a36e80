package io.halcyon.lvs.ipvs;

import io.halcyon.linux.netlink.AttributeWriter;
import io.halcyon.linux.netlink.Attributes;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.Transport;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Which packets a service takes, as attributes. */
final class ServiceKeys {

    private ServiceKeys() {}

    /** Null for a service that is none of ours whatever we do, such as one of a protocol we do not know. */
    static @Nullable ServiceKey read(Attributes service) {
        int family = service.u16(Ipvs.SVC_AF);
        if (service.has(Ipvs.SVC_FWMARK)) {
            return new ServiceKey.Marked((int) service.u32(Ipvs.SVC_FWMARK), family == Ipvs.AF_INET6);
        }
        InetAddress address = Addresses.read(family, service.bytes(Ipvs.SVC_ADDR));
        for (Transport transport : Transport.values()) {
            if (address != null && transport.number() == service.u16(Ipvs.SVC_PROTOCOL)) {
                return new ServiceKey.Addressed(transport, address, service.u16BigEndian(Ipvs.SVC_PORT));
            }
        }
        return null;
    }

    static void write(ServiceKey key, AttributeWriter service) {
        service.u16(Ipvs.SVC_AF, key.ipv6() ? Ipvs.AF_INET6 : Ipvs.AF_INET);
        if (key instanceof ServiceKey.Addressed addressed) {
            service.u16(Ipvs.SVC_PROTOCOL, addressed.transport().number())
                    .bytes(Ipvs.SVC_ADDR, addressed.address().getAddress())
                    .u16BigEndian(Ipvs.SVC_PORT, addressed.port());
        } else if (key instanceof ServiceKey.Marked marked) {
            service.u32(Ipvs.SVC_FWMARK, marked.mark());
        }
    }
}
