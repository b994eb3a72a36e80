package io.halcyon.itests.lab.bench;

import java.util.Arrays;
import java.util.Collection;

/** Measured values. Without any, every statistic is NaN: not measured. */
final class Samples {

    private final double[] sorted;

    private Samples(double[] values) {
        this.sorted = values;
        Arrays.sort(sorted);
    }

    static Samples of(double... values) {
        return new Samples(values.clone());
    }

    static Samples of(Collection<Double> values) {
        return new Samples(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    int count() {
        return sorted.length;
    }

    /** The middle value; of an even number the mean of the two in the middle. */
    double median() {
        int middle = sorted.length / 2;
        if (sorted.length % 2 == 1) {
            return sorted[middle];
        }
        return sorted.length == 0 ? Double.NaN : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The smallest value that this part of all, 0 to 1, does not exceed. */
    double quantile(double part) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(part * sorted.length);
        return sorted[Math.max(0, Math.min(sorted.length, rank) - 1)];
    }

    double min() {
        return sorted.length == 0 ? Double.NaN : sorted[0];
    }

    double max() {
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length - 1];
    }
}
