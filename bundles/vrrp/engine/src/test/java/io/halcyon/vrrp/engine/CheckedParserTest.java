package io.halcyon.vrrp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import io.halcyon.vrrp.engine.loop.RouterSettings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CheckedParserTest {

    private final Map<String, RouterSettings> accepted = new HashMap<>();
    private final Set<String> leaving = new HashSet<>();
    private final CheckedParser parser = new CheckedParser(() -> accepted, () -> leaving);

    private RouterSettings parse(String name, String networkInterface, String vrid) throws Refusal {
        return parser.parse(ConfigText.of(
                name,
                "etc/io.halcyon.vrrp-" + name + ".cfg",
                Map.of("interface", networkInterface, "virtual.router.id", vrid, "virtual.ipaddress", "10.0.0.1")));
    }

    private void accept(String name, String networkInterface, String vrid) throws Refusal {
        accepted.put(name, parse(name, networkInterface, vrid));
    }

    @Test
    void theSameIdTwiceOnAnInterfaceIsRefusedWithTheRivalsName() throws Refusal {
        accept("VI_1", "eth0", "51");

        assertThatThrownBy(() -> parse("VI_2", "eth0", "51"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("virtual.router.id = 51")
                .hasMessageContaining("no other router on eth0 has; VI_1 has this one");
        assertThat(parse("VI_2", "eth1", "51").name()).isEqualTo("VI_2");
        assertThat(parse("VI_2", "eth0", "52").name()).isEqualTo("VI_2");
        assertThat(parse("VI_1", "eth0", "51").name()).isEqualTo("VI_1");
    }

    @Test
    void anIdThatIsAboutToBeFreeIsFree() throws Refusal {
        accept("VI_1", "eth0", "51");
        leaving.add("VI_1");

        assertThat(parse("VI_2", "eth0", "51").name()).isEqualTo("VI_2");
    }

    @Test
    void whatIsParsedAndNotAcceptedOccupiesNothing() throws Refusal {
        parse("VI_1", "eth0", "51");

        assertThat(parse("VI_2", "eth0", "51").name()).isEqualTo("VI_2");
    }
}
