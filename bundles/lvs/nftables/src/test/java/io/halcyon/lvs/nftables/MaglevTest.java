package io.halcyon.lvs.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MaglevTest {

    private static final List<String> FIVE = List.of("a:80", "b:80", "c:80", "d:80", "e:80");

    @Test
    void everyPlaceIsTakenAndSharesAreEven() {
        int[] places = Maglev.places(FIVE, new int[] {1, 1, 1, 1, 1});

        for (int i = 0; i < FIVE.size(); i++) {
            assertThat(count(places, i)).isBetween(95L, 107L);
        }
    }

    @Test
    void placesFollowWeights() {
        int[] places = Maglev.places(FIVE, new int[] {1, 1, 1, 1, 4});

        assertThat(count(places, 4)).isBetween(240L, 270L);
    }

    @Test
    void whenOneLeavesNearlyAllOthersKeepTheirPlaces() {
        int[] before = Maglev.places(FIVE, new int[] {1, 1, 1, 1, 1});
        int[] after = Maglev.places(FIVE.subList(0, 4), new int[] {1, 1, 1, 1});

        long moved = IntStream.range(0, Maglev.PLACES)
                .filter(place -> before[place] != 4 && before[place] != after[place])
                .count();
        assertThat(moved).isLessThan(Maglev.PLACES / 10);
    }

    @Test
    void theOrderOfOthersDoesNotMatterMuch() {
        int[] one = Maglev.places(List.of("a:80", "b:80"), new int[] {1, 1});
        int[] other = Maglev.places(List.of("b:80", "a:80"), new int[] {1, 1});

        // Who is first in one list is second in the other.
        long same = IntStream.range(0, Maglev.PLACES)
                .filter(place -> one[place] != other[place])
                .count();
        assertThat(same).isGreaterThan(Maglev.PLACES * 9 / 10);
    }

    private static long count(int[] places, int who) {
        return IntStream.of(places).filter(one -> one == who).count();
    }
}
