package io.halcyon.itests.lab;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Pearson's statistic: how far counts are from the shares that were expected. */
final class ChiSquare {

    /** With three counts (two degrees of freedom), chance alone exceeds it once in a thousand times. */
    static final double CRITICAL_OF_THREE = 13.816;

    private ChiSquare() {}

    static double of(long[] counts, double... shares) {
        double count =
                IntStream.range(0, counts.length).mapToDouble(i -> counts[i]).sum();
        double share = DoubleStream.of(shares).sum();
        return IntStream.range(0, counts.length)
                .mapToDouble(i -> {
                    double expected = count * shares[i] / share;
                    return (counts[i] - expected) * (counts[i] - expected) / expected;
                })
                .sum();
    }
}
