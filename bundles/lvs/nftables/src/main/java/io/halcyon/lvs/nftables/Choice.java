package io.halcyon.lvs.nftables;

import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Scheduler;
import io.halcyon.spi.dataplane.SchedulerFlag;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.VirtualService;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The expression that chooses one of some destinations for a new connection. Pure. */
final class Choice {

    /** What the kernel's expressions can do. The others would have to know how many connections a destination has. */
    static final Set<Scheduler> SCHEDULERS =
            Set.of(Scheduler.RR, Scheduler.WRR, Scheduler.SH, Scheduler.MH, Scheduler.DH, Scheduler.FO);

    /** A number that makes two services hash differently is not wanted: a client is to meet the same server at all ports. */
    private static final String SEED = "0x68616c63";

    private Choice() {}

    /**
     * A statement that goes to the chain of one destination.
     *
     * @param takers destinations that take new connections, at least one
     */
    static String statement(VirtualService service, List<Destination> takers) {
        return switch (service.scheduler()) {
            case RR -> spread(
                    "numgen inc",
                    service.key(),
                    takers,
                    takers.stream().mapToInt(taker -> 1).toArray());
            case WRR -> spread("numgen inc", service.key(), takers, shares(takers));
            case SH -> spread(hash("saddr", "sport", service), service.key(), takers, shares(takers));
            case DH -> spread(hash("daddr", "dport", service), service.key(), takers, shares(takers));
            case MH -> maglev(service, takers);
            case FO -> "goto " + Names.leader(service.key(), heaviest(takers));
            default -> throw new IllegalArgumentException(
                    "lb.algo = " + service.scheduler().word());
        };
    }

    private static String hash(String address, String port, VirtualService service) {
        var family = service.key().ipv6() ? "ip6 " : "ip ";
        boolean withPort = service.flags().contains(SchedulerFlag.FLAG_2);
        return "jhash " + family + address + (withPort ? " . th " + port : "");
    }

    private static String spread(String expression, ServiceKey key, List<Destination> takers, int[] shares) {
        var elements = new ArrayList<String>();
        int from = 0;
        for (int i = 0; i < shares.length; i++) {
            int to = from + shares[i] - 1;
            elements.add(range(from, to) + " : goto " + Names.leader(key, takers.get(i)));
            from = to + 1;
        }
        return map(expression, from, elements);
    }

    private static String maglev(VirtualService service, List<Destination> takers) {
        int[] places = Maglev.places(takers.stream().map(Destination::toString).toList(), shares(takers));
        var elements = new ArrayList<String>();
        int from = 0;
        for (int place = 1; place <= places.length; place++) {
            if (place == places.length || places[place] != places[from]) {
                elements.add(
                        range(from, place - 1) + " : goto " + Names.leader(service.key(), takers.get(places[from])));
                from = place;
            }
        }
        return map(hash("saddr", "sport", service), places.length, elements);
    }

    private static String map(String expression, int modulus, List<String> elements) {
        var seed = expression.startsWith("jhash") ? " seed " + SEED : "";
        return expression + " mod " + modulus + seed + " vmap { " + String.join(", ", elements) + " }";
    }

    private static String range(int from, int to) {
        return from == to ? Integer.toString(from) : from + "-" + to;
    }

    private static Destination heaviest(List<Destination> takers) {
        return takers.stream().max(Comparator.comparingInt(Destination::weight)).orElseThrow();
    }

    /** Weights without what they have in common, so that turns come around soon. */
    private static int[] shares(List<Destination> takers) {
        int common = takers.stream().mapToInt(Destination::weight).reduce(0, Choice::divisor);
        return takers.stream().mapToInt(taker -> taker.weight() / common).toArray();
    }

    private static int divisor(int a, int b) {
        return b == 0 ? a : divisor(b, a % b);
    }
}
