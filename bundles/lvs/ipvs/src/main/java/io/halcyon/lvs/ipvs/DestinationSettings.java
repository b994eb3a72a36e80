package io.halcyon.lvs.ipvs;

import io.halcyon.linux.netlink.AttributeWriter;
import io.halcyon.linux.netlink.Attributes;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Forwarding;
import java.util.ArrayList;
import java.util.List;

/**
 * What can be changed of a destination.
 *
 * @param method {@code IP_VS_CONN_F_*} of the forwarding method
 * @param tunnelType {@code IP_VS_CONN_F_TUNNEL_TYPE_*}
 * @param tunnelFlags {@code IP_VS_TUNNEL_ENCAP_FLAG_*}
 */
record DestinationSettings(
        int method,
        int weight,
        long upperThreshold,
        long lowerThreshold,
        int tunnelType,
        int tunnelPort,
        int tunnelFlags) {

    static DestinationSettings of(Destination destination) {
        Forwarding forwarding = destination.forwarding();
        int method = Ipvs.FWD_MASQ;
        int type = 0;
        int port = 0;
        int flags = 0;
        if (forwarding instanceof Forwarding.DirectRouting) {
            method = Ipvs.FWD_DROUTE;
        } else if (forwarding instanceof Forwarding.Tunnel tunnel) {
            method = Ipvs.FWD_TUNNEL;
            type = type(tunnel.encapsulation());
            port = tunnel.port();
            flags = flags(tunnel.checksum());
        }
        return new DestinationSettings(
                method,
                destination.weight(),
                destination.upperThreshold(),
                destination.lowerThreshold(),
                type,
                port,
                flags);
    }

    private static int type(Forwarding.Encapsulation encapsulation) {
        return switch (encapsulation) {
            case IPIP -> Ipvs.TUNNEL_IPIP;
            case GUE -> Ipvs.TUNNEL_GUE;
            case GRE -> Ipvs.TUNNEL_GRE;
        };
    }

    private static int flags(Forwarding.Checksum checksum) {
        return switch (checksum) {
            case NOCSUM -> Ipvs.ENCAP_NOCSUM;
            case CSUM -> Ipvs.ENCAP_CSUM;
            case REMCSUM -> Ipvs.ENCAP_REMCSUM;
        };
    }

    static DestinationSettings read(Attributes destination) {
        return new DestinationSettings(
                (int) destination.u32(Ipvs.DEST_FWD_METHOD) & Ipvs.FWD_MASK,
                (int) destination.u32(Ipvs.DEST_WEIGHT),
                destination.u32(Ipvs.DEST_U_THRESH),
                destination.u32(Ipvs.DEST_L_THRESH),
                destination.u8(Ipvs.DEST_TUN_TYPE),
                destination.u16BigEndian(Ipvs.DEST_TUN_PORT),
                destination.u16(Ipvs.DEST_TUN_FLAGS));
    }

    void write(AttributeWriter destination) {
        destination
                .u32(Ipvs.DEST_FWD_METHOD, method)
                .u32(Ipvs.DEST_WEIGHT, weight)
                .u32(Ipvs.DEST_U_THRESH, upperThreshold)
                .u32(Ipvs.DEST_L_THRESH, lowerThreshold);
        if (method == Ipvs.FWD_TUNNEL) {
            destination
                    .u8(Ipvs.DEST_TUN_TYPE, tunnelType)
                    .u16BigEndian(Ipvs.DEST_TUN_PORT, tunnelPort)
                    .u16(Ipvs.DEST_TUN_FLAGS, tunnelFlags);
        }
    }

    DestinationSettings withWeight(int other) {
        return new DestinationSettings(
                method, other, upperThreshold, lowerThreshold, tunnelType, tunnelPort, tunnelFlags);
    }

    /** How it differs from what is wanted, for a person; empty if it does not. */
    String against(DestinationSettings wanted) {
        List<String> differences = new ArrayList<>();
        if (weight != wanted.weight) {
            differences.add("weight was " + weight + " instead of " + wanted.weight);
        }
        if (method != wanted.method && method != Ipvs.FWD_LOCALNODE) {
            differences.add("forwarding method was " + word(method) + " instead of " + word(wanted.method));
        }
        if (upperThreshold != wanted.upperThreshold || lowerThreshold != wanted.lowerThreshold) {
            differences.add("thresholds were " + upperThreshold + " and " + lowerThreshold + " instead of "
                    + wanted.upperThreshold + " and " + wanted.lowerThreshold);
        }
        if (tunnelType != wanted.tunnelType || tunnelPort != wanted.tunnelPort || tunnelFlags != wanted.tunnelFlags) {
            differences.add("tunnel was another");
        }
        return String.join(", ", differences);
    }

    private static String word(int method) {
        return switch (method) {
            case Ipvs.FWD_MASQ -> "NAT";
            case Ipvs.FWD_TUNNEL -> "TUN";
            case Ipvs.FWD_DROUTE -> "DR";
            default -> "number " + method;
        };
    }
}
