package io.halcyon.spi.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepsTest {

    @Test
    void stepsStandInTheirOrderBeforeTheDetails() {
        var steps = new Steps();
        steps.end("tls", "TLSv1.3");
        steps.end("answer", "");

        var details = steps.with(Map.of("a", "fact"));

        assertThat(details.keySet()).containsExactly("step.tls", "step.answer", "a");
        assertThat(details.get("step.tls")).matches("\\d+\\.\\d+ ms, TLSv1\\.3");
        assertThat(details.get("step.answer")).matches("\\d+\\.\\d+ ms");
    }

    @Test
    void whatIsDoneAgainHasANumber() throws Exception {
        var steps = new Steps();
        for (int i = 0; i < 3; i++) {
            steps.end("connect", new InetSocketAddress(InetAddress.getByName("2001:db8::2"), 80 + i));
        }

        var details = steps.with(Map.of());

        assertThat(details.keySet()).containsExactly("step.connect", "step.connect.2", "step.connect.3");
        assertThat(details.get("step.connect.2")).endsWith(", [2001:db8:0:0:0:0:0:2]:81");
    }

    @Test
    void eachTakesTheTimeSinceTheOneBefore() throws Exception {
        var steps = new Steps();
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < 20_000_000) {
            Thread.onSpinWait();
        }
        steps.end("slow", "");
        steps.end("quick", "");

        var details = steps.with(Map.of());

        assertThat(millis(details.get("step.slow"))).isGreaterThanOrEqualTo(20);
        assertThat(millis(details.get("step.quick"))).isLessThan(millis(details.get("step.slow")));
    }

    @Test
    void whoTakesStepsForEverIsShownTheFirstOnes() {
        var steps = new Steps();
        for (int i = 0; i < 1_000; i++) {
            steps.end("s" + i, "");
        }

        assertThat(steps.with(Map.of())).hasSize(40).containsKeys("step.s0", "step.s39");
    }

    private static double millis(String text) {
        return Double.parseDouble(text.replace(" ms", ""));
    }
}
