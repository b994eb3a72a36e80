package io.halcyon.api.vrrp;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A virtual router at one moment. Immutable.
 *
 * @param name name of the object, as in {@code io.halcyon.vrrp-NAME.cfg}
 * @param networkInterface interface it speaks on
 * @param vrid virtual router id, 1-255
 * @param version protocol version, 2 or 3
 * @param state state now
 * @param cause why it is in that state, for a person
 * @param since wall clock time of the last transition
 * @param basePriority configured priority or its override, 1-255
 * @param configuredPriority priority in the configuration, 1-255; differs from the base while overridden
 * @param effectivePriority base with all trackers applied, 1-255
 * @param master address of the current master as heard, null if unknown or ourselves
 * @param masterPriority priority it last advertised, 0 if unknown
 * @param source address our advertisements come from, null while there is none
 * @param transport name of the transport
 * @param vip name of the VIP manager that holds its addresses
 * @param addresses addresses of the router and what is known of each
 * @param tracks trackers in configuration order
 * @param timers timers by name, in milliseconds: {@code advert.int}, {@code skew}, {@code master.down}, {@code due.in}
 *     (time to the next deadline), {@code lease} (0 if off)
 * @param counters adverts sent and received, transitions, GARPs, by name
 * @param faults refused packets by kind of fault
 * @param history last transitions, newest last
 * @param warnings static warnings about the configuration, for a person
 */
public record RouterStatus(
        String name,
        String networkInterface,
        int vrid,
        int version,
        RouterState state,
        String cause,
        Instant since,
        int basePriority,
        int configuredPriority,
        int effectivePriority,
        @Nullable String master,
        int masterPriority,
        @Nullable String source,
        String transport,
        String vip,
        List<RouterAddress> addresses,
        List<TrackStatus> tracks,
        Map<String, Long> timers,
        Map<String, Long> counters,
        Map<String, Long> faults,
        List<Transition> history,
        List<String> warnings) {

    public RouterStatus {
        addresses = List.copyOf(addresses);
        tracks = List.copyOf(tracks);
        history = List.copyOf(history);
        warnings = List.copyOf(warnings);
    }
}
