package io.halcyon.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    private static final List<String> KEYS =
            List.of("interface", "priority", "virtual.router.id", "virtual.ipaddress", "nopreempt");

    @ParameterizedTest
    @CsvSource({
        "virtual_router_id, virtual.router.id",
        "virtual_ipaddress, virtual.ipaddress",
        "virtual.routerid, virtual.router.id",
        "Priority, priority",
        "prioritty, priority",
        "no_preempt, nopreempt",
        "intreface, interface"
    })
    void findsWhatWasMeant(String written, String meant) {
        assertThat(Nearest.to(written, KEYS)).isEqualTo(meant);
    }

    @Test
    void saysNothingWhenNothingIsNear() {
        assertThat(Nearest.to("colour", KEYS)).isEmpty();
        assertThat(Nearest.to("x", List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "'', abc, 3", "abc, '', 3", "same, same, 0", "flaw, lawn, 2"})
    void countsInsertionsDeletionsAndReplacements(String a, String b, int distance) {
        assertThat(Nearest.distance(a, b)).isEqualTo(distance);
    }
}
