package io.halcyon.lvs.ipvs;

import io.halcyon.linux.netlink.Attributes;
import io.halcyon.spi.dataplane.Counters;

/** Counters of the kernel: 64 bits wide since Linux 4.1, before that partly 32. */
final class Statistics {

    private Statistics() {}

    static Counters read(Attributes parent, int wide, int narrow) {
        if (parent.has(wide)) {
            Attributes counters = parent.nested(wide);
            return new Counters(
                    counters.u64(Ipvs.STATS_CONNS),
                    counters.u64(Ipvs.STATS_INPKTS),
                    counters.u64(Ipvs.STATS_OUTPKTS),
                    counters.u64(Ipvs.STATS_INBYTES),
                    counters.u64(Ipvs.STATS_OUTBYTES));
        }
        Attributes counters = parent.nested(narrow);
        return new Counters(
                counters.u32(Ipvs.STATS_CONNS),
                counters.u32(Ipvs.STATS_INPKTS),
                counters.u32(Ipvs.STATS_OUTPKTS),
                counters.u64(Ipvs.STATS_INBYTES),
                counters.u64(Ipvs.STATS_OUTBYTES));
    }
}
