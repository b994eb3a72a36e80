package io.halcyon.lvs.engine.server;

import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import io.halcyon.spi.dataplane.Persistence;
import io.halcyon.spi.dataplane.Scheduler;
import io.halcyon.spi.dataplane.SchedulerFlag;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.Transport;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the keys that say how a virtual server spreads. */
final class SpreadingKeys {

    private static final String GRANULARITY = "persistence.granularity";
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    private final ConfigText text;
    private final LvsKeys keys;

    SpreadingKeys(ConfigText text, LvsKeys keys) {
        this.text = text;
        this.keys = keys;
    }

    Spreading spreading(List<ServiceKey> services) throws Refusal {
        Transport transport = transport();
        if (keys.ops() && transport != Transport.UDP) {
            throw text.refuse("ops", "no, or protocol = UDP");
        }
        Scheduler scheduler = Scheduler.ofWord(keys.lvs_sched()).orElseThrow(AssertionError::new);
        return new Spreading(
                keys.dataplane(), transport, scheduler, flags(scheduler), persistence(services), keys.ops());
    }

    Transport transport() {
        return Transport.valueOf(keys.protocol());
    }

    private Set<SchedulerFlag> flags(Scheduler scheduler) throws Refusal {
        Set<SchedulerFlag> flags = EnumSet.noneOf(SchedulerFlag.class);
        for (String word : keys.lvs_sched_flags()) {
            boolean others = !word.startsWith("flag-") && !word.startsWith(scheduler.word() + "-");
            if (others) {
                throw text.refuse("lvs.sched.flags", "what belongs to lvs.sched = " + scheduler.word());
            }
            flags.add(
                    switch (word) {
                        case "flag-1", "sh-fallback", "mh-fallback" -> SchedulerFlag.FLAG_1;
                        case "flag-2", "sh-port", "mh-port" -> SchedulerFlag.FLAG_2;
                        default -> SchedulerFlag.FLAG_3;
                    });
        }
        return flags;
    }

    private @Nullable Persistence persistence(List<ServiceKey> services) throws Refusal {
        String granularity = keys.persistence_granularity();
        if (keys.persistence_timeout() == 0) {
            if (!granularity.isEmpty()) {
                throw text.refuse(GRANULARITY, "nothing while persistence.timeout is 0");
            }
            return null;
        }
        boolean ipv4 = services.stream().anyMatch(service -> !service.ipv6());
        int bits = ipv4 ? IPV4_BITS : IPV6_BITS;
        int length = granularity.isEmpty() ? bits : length(granularity, ipv4);
        if (length < 1 || length > bits) {
            throw text.refuse(GRANULARITY, "a netmask such as 255.255.255.0, or a prefix length from 1 to " + bits);
        }
        return new Persistence(keys.persistence_timeout(), length);
    }

    /** -1 if it is neither a length nor a netmask. */
    private static int length(String granularity, boolean ipv4) {
        if (granularity.matches("/?\\d{1,3}")) {
            return Integer.parseInt(granularity.replace("/", ""));
        }
        if (!ipv4 || !granularity.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
            return -1;
        }
        long mask = 0;
        for (String octet : granularity.split("\\.", -1)) {
            mask = mask << Byte.SIZE | Math.min(Integer.parseInt(octet), 0x100);
        }
        int length = Long.bitCount(mask);
        boolean contiguous = mask == (0xffffffffL << (IPV4_BITS - length) & 0xffffffffL);
        return contiguous ? length : -1;
    }
}
