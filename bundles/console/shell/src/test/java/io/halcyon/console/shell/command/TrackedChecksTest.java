package io.halcyon.console.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.CheckService;
import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.vrrp.RouterExplanation;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.api.vrrp.TrackStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrackedChecksTest {

    private static final RouterExplanation ROUTER = new RouterExplanation(
            "VI_1", RouterState.FAULT, List.of("chk failed"), List.of("it recovers"), List.of("a weight"), List.of());

    private static CheckStatus check(String name, @Nullable String output, String... warnings) {
        return KnownChecks.check(name, output == null ? Map.of() : Map.of("output", output), warnings);
    }

    private static TrackStatus track(String kind, String name) {
        return new TrackStatus(kind, name, -20, false, false, -20, "exit status 1");
    }

    @Test
    void anExplanationHasTheOutputAndTheWarningsOfTheChecks() {
        RouterExplanation explanation = TrackedChecks.explain(
                ROUTER,
                List.of(
                        check(
                                "chk",
                                "first\n\nno answer from port 80\n",
                                "timeout = 2 is not shorter than interval = 2"),
                        check("quiet", null)));

        assertThat(explanation.because())
                .containsExactly("chk failed", "check chk printed: first", "check chk printed: no answer from port 80");
        assertThat(explanation.warnings())
                .containsExactly("a weight", "check chk: timeout = 2 is not shorter than interval = 2");
        assertThat(RouterText.explain(explanation, 100))
                .contains(
                        "  - check chk printed: no answer from port 80\n", "  - check chk: timeout = 2 is not shorter");
    }

    @Test
    void aLongOutputIsItsEnd() {
        String output = IntStream.rangeClosed(1, 40).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));

        assertThat(TrackedChecks.explain(ROUTER, List.of(check("chk", output))).because())
                .hasSize(11)
                .contains("check chk printed: line 31", "check chk printed: line 40")
                .doesNotContain("check chk printed: line 30");
    }

    @Test
    void onlyChecksThatAreTrackedCount() {
        var all = Optional.<CheckService>of(new KnownChecks(check("chk", null), check("other", null)));
        var tracks = List.of(
                track("script", "chk"), track("interface", "other"), track("script", "gone"), track("script", "chk"));

        assertThat(TrackedChecks.of(tracks, all)).extracting(CheckStatus::name).containsExactly("chk");
        assertThat(TrackedChecks.of(tracks, Optional.empty())).isEmpty();
    }
}
