package io.halcyon.itests.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TablesTest {

    private static final List<Figure> FIGURES = List.of(
            new Figure("kill: takeover", "ms", 365.5, 365, 10, Target.atMost(369.8)),
            new Figure("kill: address stays", "ms", 1348.9, Numbers.FOR_EVER, 10, Target.NONE),
            new Figure("stop: lost", "probes", 2, 72, 10, Target.atMost(0)));

    @Test
    void columnsStandUnderEachOther() {
        assertThat(Tables.text(FIGURES))
                .isEqualTo(
                        """
                        name                | unit   | halcyon |     peer | ratio | runs | target
                        kill: takeover      | ms     |   365.5 |      365 | 1.001 |   10 | <= 369.8
                        kill: address stays | ms     |  1348.9 | for ever |     - |   10 |
                        stop: lost          | probes |       2 |       72 | 0.028 |   10 | <= 0 MISSED
                        """);
    }

    @Test
    void markdownHasTheSameCells() {
        assertThat(Tables.markdown(FIGURES))
                .isEqualTo(
                        """
                        | name | unit | halcyon | peer | ratio | runs | target |
                        | --- | --- | --: | --: | --: | --: | --- |
                        | kill: takeover | ms | 365.5 | 365 | 1.001 | 10 | <= 369.8 |
                        | kill: address stays | ms | 1348.9 | for ever | - | 10 |  |
                        | stop: lost | probes | 2 | 72 | 0.028 | 10 | <= 0 MISSED |
                        """);
    }

    @Test
    void jsonHasTheSameFields() throws IOException {
        var rows = new ObjectMapper().readTree(Tables.json(FIGURES));

        assertThat(rows).hasSize(3);
        assertThat(rows.get(0).fieldNames())
                .toIterable()
                .containsExactly("name", "unit", "halcyon", "peer", "ratio", "runs", "target");
        assertThat(rows.get(0).get("halcyon").asDouble()).isEqualTo(365.5);
        assertThat(rows.get(1).get("peer").isNull()).isTrue();
        assertThat(rows.get(2).get("runs").asInt()).isEqualTo(10);
        assertThat(rows.get(2).get("target").asText()).isEqualTo("<= 0 MISSED");
    }
}
