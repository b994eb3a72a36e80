package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** How addresses leave a host: when, and what it costs the clients. */
final class Departures {

    /** An address goes so long after the new master announced it. */
    private static final double AFTER_ANNOUNCEMENT_MILLIS = 20;

    /** Whatever is announced, an address goes at most so long after the new master's first advertisement. */
    private static final double AFTER_ADVERTISEMENT_MILLIS = 200;

    /** A probe may be under way at either end of a gap. */
    private static final int PROBES_UNDER_WAY = 2;

    private static final long BEFORE_NANOS = 3_000_000_000L;

    private final String test;
    private final Pair pair;
    private final Wire wire;
    private final double lateMillis;

    /** Of a pair whose moments may be late by so much. */
    Departures(String test, Pair pair, Wire wire, double lateMillis) {
        this.test = test;
        this.pair = pair;
        this.wire = wire;
        this.lateMillis = lateMillis;
    }

    /** Not later than its lease and the second in which the kernel looks, but after a peer has taken over. */
    void happenWithTheLease(long since) {
        long limit = Math.max(endsWithItsLease(PairCases.VIP, since), endsWithItsLease(PairCases.EXCLUDED, since));
        assertThat(pair.prober().of(PairCases.VIP).lastBy("h1")).isLessThanOrEqualTo(limit);
    }

    private long endsWithItsLease(String address, long since) {
        long gone = pair.addresses().awaitGone("h1", address, since, PairCases.LIMIT);
        var renewal = pair.addresses().lastRenewal("h1", address).orElseThrow();
        long limit = renewal.at() + renewal.validSeconds() * 1_000_000_000L + 1_100_000_000L;
        assertThat(renewal.permanent()).isFalse();
        assertThat(gone).isLessThanOrEqualTo(limit);
        assertThat(gone).isGreaterThan(wire.adverts("h2", since).get(0).at());
        return limit;
    }

    /** Each address leaves h1 when its announcement by h2 had time to be heard by everybody. */
    void followTheAnnouncement(long since) {
        long takeover = wire.adverts("h2", since).get(0).at();
        var announcement = pair.capture()
                .await(
                        "h2 announces " + PairCases.EXCLUDED,
                        since,
                        PairCases.LIMIT,
                        Frame.NeighbourAdvert.class,
                        advert -> advert.host().equals("h2") && advert.address().equals(PairCases.EXCLUDED));
        assertThat(announcement.toAll()).isTrue();
        assertThat(announcement.override()).isTrue();
        var garp = pair.capture()
                .await(
                        "h2 announces " + PairCases.VIP,
                        since,
                        PairCases.LIMIT,
                        Frame.Garp.class,
                        heard -> heard.host().equals("h2") && heard.address().equals(PairCases.VIP));
        goes(PairCases.VIP, garp.at(), takeover);
        goes(PairCases.EXCLUDED, announcement.at(), takeover);
    }

    private void goes(String address, long announced, long takeover) {
        long gone = pair.addresses().awaitGone("h1", address, takeover, PairCases.LIMIT);
        assertThat(Times.millis(announced, gone))
                .as("time from the announcement of %s to its removal", address)
                .isBetween(AFTER_ANNOUNCEMENT_MILLIS, AFTER_ANNOUNCEMENT_MILLIS + lateMillis);
        assertThat(Times.millis(takeover, gone))
                .as("time from the takeover to the removal of %s", address)
                .isLessThanOrEqualTo(AFTER_ADVERTISEMENT_MILLIS + lateMillis);
    }

    /**
     * Halcyon keeps an address until the next master has announced it. keepalived removes it with the next master's first
     * advertisement, and nobody answers until the announcement: that is what its clients lose, whoever comes next.
     */
    void cost(Node leaving, String taking, long from, long end) {
        int lost = pair.prober().of(PairCases.VIP).between(from, end).lost();
        long takeover = wire.adverts(taking, from).get(0).at();
        double silentMillis = Times.millis(
                takeover, wire.garps(taking, PairCases.VIP, takeover).get(0).at());
        System.out.printf(
                "%s: %s -> %s lost %d probes, announced %.1f ms after the first advertisement%n",
                test, leaving.host(), taking, lost, silentMillis);
        assertThat(silentMillis).isLessThan(lateMillis);
        if (leaving instanceof HalcyonNode) {
            assertThat(lost).as(() -> whoAnnounced(from)).isZero();
        } else {
            assertThat(lost).isLessThanOrEqualTo((int) silentMillis + PROBES_UNDER_WAY);
        }
    }

    /** What a client can have learned, and what it has: for whoever has to find out why it was not answered. */
    private String whoAnnounced(long from) {
        var since = from - BEFORE_NANOS;
        var said = new StringBuilder(
                pair.prober().of(PairCases.VIP).between(since, Times.now()).toString());
        pair.capture()
                .since(since, Frame.class, frame -> tellsOf(frame, PairCases.VIP))
                .forEach(frame -> said.append("\n%.1f ms: %s".formatted(Times.millis(from, frame.at()), frame)));
        for (var host :
                List.of(pair.lab().client(), pair.lab().host("h1"), pair.lab().host("h2"))) {
            said.append('\n').append(host.name()).append(":\n").append(host.run("ip", "-s", "neigh"));
        }
        return said.toString();
    }

    private static boolean tellsOf(Frame frame, String address) {
        if (frame instanceof Frame.Garp garp) {
            return garp.address().equals(address);
        }
        return frame instanceof Frame.ArpReply reply ? reply.address().equals(address) : frame instanceof Frame.Advert;
    }
}
