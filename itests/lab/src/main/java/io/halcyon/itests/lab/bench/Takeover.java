package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Times;

/**
 * One fault as it was seen. Times are those of {@link Times}.
 *
 * @param struckAt when the fault came
 * @param lastAdvertAt the old master's last advertisement
 * @param firstAdvertAt the new master's first
 * @param answeredAt when the client was first answered by the new master
 * @param goneAt when the address left the old master, 0 while it is there
 * @param overAt when it was watched no longer
 */
record Takeover(long struckAt, long lastAdvertAt, long firstAdvertAt, long answeredAt, long goneAt, long overAt) {

    /** Between the last sign of the old master and the first of the new one. */
    double silenceMillis() {
        return Times.millis(lastAdvertAt, firstAdvertAt);
    }

    double advertMillis() {
        return Times.millis(struckAt, firstAdvertAt);
    }

    double clientMillis() {
        return Times.millis(struckAt, answeredAt);
    }

    /** How long a dead host kept the address. */
    double staysMillis() {
        return goneAt == 0 ? Numbers.FOR_EVER : Times.millis(struckAt, goneAt);
    }
}
