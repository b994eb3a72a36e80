package io.halcyon.check.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

    private static final Info INFO = new Info(Map.of(
            "connected_slaves", "2", "master_link_status", "up", "mem_fragmentation_ratio", "1.52", "name", "a b"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connected_slaves = 2",
                "connected_slaves=2",
                "connected_slaves >= 2",
                "connected_slaves>1",
                "connected_slaves <= 2.0",
                "connected_slaves < 10",
                "mem_fragmentation_ratio < 1.6",
                "master_link_status = up",
                "master_link_status != down",
                "name = a b"
            })
    void holds(String written) {
        assertThat(condition(written).faultOf(INFO)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "connected_slaves = 3, 'connected_slaves is 2, expected is = 3'",
        "connected_slaves >= 3, 'connected_slaves is 2, expected is >= 3'",
        "connected_slaves < 2, 'connected_slaves is 2, expected is < 2'",
        "master_link_status != up, 'master_link_status is up, expected is != up'",
        "master_link_status > 1, 'master_link_status is up, expected is > 1'",
        "slaves >= 1, 'there is no slaves, expected is >= 1'"
    })
    void doesNotHold(String written, String fault) {
        assertThat(condition(written).faultOf(INFO)).isEqualTo(fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "connected_slaves", "= 2", "connected_slaves >", "a > b", "a => 1", "a b = 1"})
    void cannotBeRead(String written) {
        assertThatThrownBy(() -> condition(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("conditions such as connected_slaves >= 1");
    }

    private static Condition condition(String written) {
        return Condition.of(new String[] {written}).get(0);
    }
}
