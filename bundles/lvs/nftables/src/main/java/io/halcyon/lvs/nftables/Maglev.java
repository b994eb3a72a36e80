package io.halcyon.lvs.nftables;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Maglev hashing (Eisenbud et al., NSDI 2016, section 3.4): when a destination leaves, nearly all others keep their places.
 */
final class Maglev {

    /** A prime; each unit of weight should have tens of places. */
    static final int PLACES = 509;

    private static final int OFFSET = 0x5bd1e995;
    private static final int SKIP = 0x1b873593;

    private Maglev() {}

    /**
     * Who has which place.
     *
     * @param names of destinations, none twice
     * @param weights of the same, at least one above 0
     * @return index of a destination for each place
     */
    static int[] places(List<String> names, int[] weights) {
        int[] places = new int[PLACES];
        Arrays.fill(places, -1);
        int[] next =
                names.stream().mapToInt(name -> hash(name, OFFSET) % PLACES).toArray();
        int[] skip = names.stream()
                .mapToInt(name -> 1 + hash(name, SKIP) % (PLACES - 1))
                .toArray();
        int filled = 0;
        while (filled < PLACES) {
            for (int i = 0; i < weights.length && filled < PLACES; i++) {
                for (int turn = 0; turn < weights[i] && filled < PLACES; turn++) {
                    while (places[next[i]] >= 0) {
                        next[i] = (next[i] + skip[i]) % PLACES;
                    }
                    places[next[i]] = i;
                    filled++;
                }
            }
        }
        return places;
    }

    private static int hash(String name, int seed) {
        var crc = new CRC32C();
        crc.update(seed);
        crc.update(seed >>> 8);
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() & Integer.MAX_VALUE);
    }
}
