package io.halcyon.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {

    @Test
    void anOrdinaryUserHasNoneAndAServiceHas() {
        assertThat(Capabilities.heldIn("Name:\tjava\nCapPrm:\t0000000000807400\nCapEff:\t0000000000000000\n"))
                .isFalse();
        assertThat(Capabilities.heldIn("Name:\tjava\nCapEff:\t0000000000807400\nCapBnd:\t0000000000000000\n"))
                .isTrue();
        assertThat(Capabilities.heldIn("CapEff:\tffffffffffffffff\n")).isTrue();
    }

    @Test
    @Tag("lab")
    void rootHasThem() throws IOException {
        assertThat(Capabilities.held()).isTrue();
    }
}
