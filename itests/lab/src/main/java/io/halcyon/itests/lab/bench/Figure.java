package io.halcyon.itests.lab.bench;

import java.util.function.ToDoubleFunction;

/**
 * One row.
 *
 * @param halcyon NaN: not measured, infinite: never ended; so is {@code peer}
 * @param runs measurements behind each of the two
 */
record Figure(String name, String unit, double halcyon, double peer, int runs, Target target) {

    /** The medians of both. */
    static Figure medians(String name, String unit, Samples halcyon, Samples peer, Target target) {
        return of(name, unit, halcyon, peer, Samples::median, target);
    }

    static Figure of(
            String name,
            String unit,
            Samples halcyon,
            Samples peer,
            ToDoubleFunction<Samples> statistic,
            Target target) {
        int runs = peer.count() == 0 ? halcyon.count() : Math.min(halcyon.count(), peer.count());
        return new Figure(name, unit, statistic.applyAsDouble(halcyon), statistic.applyAsDouble(peer), runs, target);
    }

    boolean met() {
        return target.metBy(halcyon, peer);
    }

    /** Halcyon's by the peer's; NaN where that says nothing. */
    double ratio() {
        return peer > 0 && Double.isFinite(peer) && Double.isFinite(halcyon) ? halcyon / peer : Double.NaN;
    }

    String targetText() {
        return met() ? target.text() : target.text() + " MISSED";
    }
}
