package io.halcyon.vrrp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.vrrp.engine.loop.Track;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrackLineTest {

    @Test
    void aCheckWithoutAWeightTakesTheChecksOwn() {
        assertThat(TrackLine.parse(Track.Kind.SCRIPT, "chk_http_port"))
                .isEqualTo(new Track(Track.Kind.SCRIPT, "chk_http_port", null, null));
    }

    @Test
    void weightAndReverseAreRead() {
        assertThat(TrackLine.parse(Track.Kind.SCRIPT, "chk weight -20 reverse"))
                .isEqualTo(new Track(Track.Kind.SCRIPT, "chk", -20, true));
    }

    @Test
    void anInterfaceWithoutAWeightMeansFault() {
        assertThat(TrackLine.parse(Track.Kind.INTERFACE, "eth1"))
                .isEqualTo(new Track(Track.Kind.INTERFACE, "eth1", 0, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chk weight", "chk weight x", "chk weight 254", "chk wait 3"})
    void aBadLineIsRefused(String line) {
        assertThatThrownBy(() -> TrackLine.parse(Track.Kind.SCRIPT, line)).isInstanceOf(IllegalArgumentException.class);
    }
}
