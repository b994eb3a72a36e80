package io.halcyon.lvs.nftables;

import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Scheduler;
import io.halcyon.spi.dataplane.SchedulerFlag;
import io.halcyon.spi.dataplane.VirtualService;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The expression that chooses one of some destinations for a new connection: a number, and who has which. Pure. */
final class Choice {

    /** What the kernel's expressions can do. The others would have to know how many connections a destination has. */
    static final Set<Scheduler> SCHEDULERS =
            Set.of(Scheduler.RR, Scheduler.WRR, Scheduler.SH, Scheduler.MH, Scheduler.DH, Scheduler.FO);

    /** The same for all services: a client is to meet the same server at all ports. */
    private static final String SEED = "0x68616c63";

    private Choice() {}

    /**
     * A statement that goes to the chain of one destination.
     *
     * @param takers destinations that take new connections, at least one
     * @param turn with which place of a round it begins, any number
     */
    static String statement(VirtualService service, List<Destination> takers, int turn) {
        return switch (service.scheduler()) {
            case RR -> round(service, takers, IntStream.range(0, takers.size()).toArray(), turn);
            case WRR -> round(service, takers, Shares.round(weights(takers)), turn);
            case SH, MH -> hash("saddr", "sport", service, sorted(takers));
            case DH -> hash("daddr", "dport", service, sorted(takers));
            case FO -> "goto " + Names.leader(service.key(), heaviest(takers));
            default -> throw new IllegalArgumentException(
                    "lvs.sched = " + service.scheduler().word());
        };
    }

    /** Whether it matters whose turn it is. */
    static boolean takesTurns(VirtualService service) {
        return service.scheduler() == Scheduler.RR || service.scheduler() == Scheduler.WRR;
    }

    /** Whether each destination needs a place in a round that is only so long. */
    static boolean hasPlaces(VirtualService service) {
        return service.scheduler() != Scheduler.RR && service.scheduler() != Scheduler.FO;
    }

    private static String round(VirtualService service, List<Destination> takers, int[] places, int turn) {
        var turned = IntStream.range(0, places.length)
                .map(place -> places[Math.floorMod(place + turn, places.length)])
                .toArray();
        return "numgen inc mod " + places.length + map(service, takers, turned);
    }

    private static String hash(String address, String port, VirtualService service, List<Destination> takers) {
        int[] places = maglev(takers);
        var family = service.key().ipv6() ? "ip6 " : "ip ";
        boolean withPort = service.flags().contains(SchedulerFlag.FLAG_2);
        return "jhash " + family + address + (withPort ? " . th " + port : "") + " mod " + places.length + " seed "
                + SEED + map(service, takers, places);
    }

    private static String map(VirtualService service, List<Destination> takers, int[] places) {
        var leaders =
                takers.stream().map(taker -> Names.leader(service.key(), taker)).toList();
        return IntStream.range(0, places.length)
                .mapToObj(place -> place + " : goto " + leaders.get(places[place]))
                .collect(Collectors.joining(", ", " vmap { ", " }"));
    }

    /** In whatever order somebody names them, each keeps its clients. */
    private static List<Destination> sorted(List<Destination> takers) {
        return takers.stream()
                .sorted(Comparator.comparing(Destination::toString))
                .toList();
    }

    private static int[] maglev(List<Destination> takers) {
        return Maglev.places(
                takers.stream().map(Destination::toString).toList(), Shares.reduced(weights(takers), Maglev.PLACES));
    }

    private static int[] weights(List<Destination> takers) {
        return takers.stream().mapToInt(Destination::weight).toArray();
    }

    private static Destination heaviest(List<Destination> takers) {
        return takers.stream().max(Comparator.comparingInt(Destination::weight)).orElseThrow();
    }
}
