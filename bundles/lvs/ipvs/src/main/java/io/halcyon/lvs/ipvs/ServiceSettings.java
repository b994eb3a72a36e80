package io.halcyon.lvs.ipvs;

import io.halcyon.linux.netlink.AttributeWriter;
import io.halcyon.linux.netlink.Attributes;
import io.halcyon.spi.dataplane.Persistence;
import io.halcyon.spi.dataplane.SchedulerFlag;
import io.halcyon.spi.dataplane.VirtualService;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What can be changed of a service.
 *
 * @param flags {@code IP_VS_SVC_F_*} without HASHED, which is the kernel's own
 * @param timeoutSeconds of persistence, 0 without
 * @param netmask of persistence: IPv4 as a number whose highest octet is the first one, IPv6 the length of the prefix; 0 without
 * @param engine of persistence, such as {@code sip}, which others may have set; empty without
 */
record ServiceSettings(String scheduler, int flags, int timeoutSeconds, int netmask, String engine) {

    private static final int ALL_FLAGS = -1;
    private static final int IPV4_HOST = -1;
    private static final int IPV6_HOST = 128;

    static ServiceSettings of(VirtualService service) {
        int flags = service.onePacket() ? Ipvs.SVC_F_ONEPACKET : 0;
        for (SchedulerFlag flag : service.flags()) {
            flags |= switch (flag) {
                case FLAG_1 -> Ipvs.SVC_F_SCHED1;
                case FLAG_2 -> Ipvs.SVC_F_SCHED2;
                case FLAG_3 -> Ipvs.SVC_F_SCHED3;
            };
        }
        String scheduler = service.scheduler().word();
        Persistence persistence = service.persistence();
        if (persistence == null) {
            return new ServiceSettings(scheduler, flags, 0, 0, "");
        }
        int length = persistence.prefixLength();
        int netmask = service.key().ipv6() ? length : IPV4_HOST << (32 - length);
        return new ServiceSettings(scheduler, flags | Ipvs.SVC_F_PERSISTENT, persistence.seconds(), netmask, "");
    }

    static ServiceSettings read(Attributes service) {
        int flags = (int) service.u32(Ipvs.SVC_FLAGS) & ~Ipvs.SVC_F_HASHED;
        boolean persistent = (flags & Ipvs.SVC_F_PERSISTENT) != 0;
        int netmask = persistent ? netmask(service) : 0;
        return new ServiceSettings(
                service.text(Ipvs.SVC_SCHED_NAME),
                flags,
                persistent ? (int) service.u32(Ipvs.SVC_TIMEOUT) : 0,
                netmask,
                service.text(Ipvs.SVC_PE_NAME));
    }

    private static int netmask(Attributes service) {
        boolean ipv6 = service.u16(Ipvs.SVC_AF) == Ipvs.AF_INET6;
        return (int) (ipv6 ? service.u32(Ipvs.SVC_NETMASK) : service.u32BigEndian(Ipvs.SVC_NETMASK));
    }

    /** Without an engine: where none is written the kernel takes away the one that is there. */
    void write(boolean ipv6, AttributeWriter service) {
        service.text(Ipvs.SVC_SCHED_NAME, scheduler)
                .u32(Ipvs.SVC_FLAGS, flags, ALL_FLAGS)
                .u32(Ipvs.SVC_TIMEOUT, timeoutSeconds);
        // The kernel wants a mask of services that are not persistent, too.
        if (ipv6) {
            service.u32(Ipvs.SVC_NETMASK, timeoutSeconds == 0 ? IPV6_HOST : netmask);
        } else {
            int mask = timeoutSeconds == 0 ? IPV4_HOST : netmask;
            service.bytes(Ipvs.SVC_NETMASK, ByteBuffer.allocate(4).putInt(mask).array());
        }
    }

    /** How it differs from what is wanted, for a person. */
    String against(ServiceSettings wanted) {
        List<String> differences = new ArrayList<>();
        if (!scheduler.equals(wanted.scheduler)) {
            differences.add("scheduler was " + scheduler + " instead of " + wanted.scheduler);
        }
        if (flags != wanted.flags) {
            differences.add("flags were 0x" + Integer.toHexString(flags) + " instead of 0x"
                    + Integer.toHexString(wanted.flags));
        }
        if (timeoutSeconds != wanted.timeoutSeconds) {
            differences.add("persistence was " + timeoutSeconds + " s instead of " + wanted.timeoutSeconds + " s");
        }
        if (netmask != wanted.netmask) {
            differences.add("granularity of persistence was another");
        }
        if (!engine.equals(wanted.engine)) {
            differences.add("persistence had the engine " + engine);
        }
        return String.join(", ", differences);
    }
}
