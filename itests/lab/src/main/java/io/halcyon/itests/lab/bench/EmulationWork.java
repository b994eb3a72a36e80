package io.halcyon.itests.lab.bench;

import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.ServiceKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A program: work of the kind that a data plane does, without a kernel that takes part. What it takes here and in the virtual machine
 * says how much dearer a JVM is there. Prints {@code work FIRST WARM}, in nanoseconds.
 */
public final class EmulationWork {

    private static final int WARM_UP = 40;
    private static final int PASSES = 11;
    private static final int BUFFER_BYTES = 1 << 18;

    private EmulationWork() {}

    /** Passes one after the other; the first one is that of a fresh JVM. */
    public static void main(String[] arguments) {
        long first = pass(0);
        for (int i = 1; i < WARM_UP; i++) {
            pass(i);
        }
        var warm = new long[PASSES];
        Arrays.setAll(warm, EmulationWork::pass);
        Arrays.sort(warm);
        System.out.println("work " + first + " " + warm[PASSES / 2]);
    }

    private static long pass(int round) {
        long start = System.nanoTime();
        var before = byKey(round);
        var after = byKey(round + 1);
        var bytes = ByteBuffer.allocate(BUFFER_BYTES);
        after.forEach((key, desired) -> {
            if (!desired.equals(before.get(key))) {
                desired.destinations()
                        .forEach(destination -> bytes.put(destination.address().getAddress())
                                .putShort((short) destination.port())
                                .putInt(destination.weight())
                                .put(destination.toString().getBytes(StandardCharsets.US_ASCII)));
            }
        });
        if (bytes.position() == 0) {
            throw new IllegalStateException("every round is another");
        }
        return System.nanoTime() - start;
    }

    private static Map<ServiceKey, Desired> byKey(int round) {
        var map = new HashMap<ServiceKey, Desired>();
        Farm.LARGE.desired(round).forEach(desired -> map.put(desired.service().key(), desired));
        return map;
    }
}
