package io.halcyon.lvs.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.api.check.Verdict;
import io.halcyon.api.event.Event;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many real servers events say there are; the rest of their words is in the case files. */
class TidingsTest {

    private static final String[] WEB = {
        "virtual.server = 192.0.2.1 80",
        "real.server.web1 = 192.0.2.11 80",
        "real.server.web2 = 192.0.2.12 80",
        "real.server.web3 = 192.0.2.13 80",
        "sorry.server = 192.0.2.99 80",
        "check.page.type = tcp"
    };

    private final VirtualServer server = new VirtualServer();

    @Test
    void eventsCountWhoIsUpAfterThem() {
        assertThat(configure(WEB)).containsExactly("VS UP: 3 of 3");

        assertThat(say("web1", Health.DOWN)).containsExactly("RS [192.0.2.11]:tcp:80 DOWN: 2 of 3");
        assertThat(say("web2", Health.DOWN)).containsExactly("RS [192.0.2.12]:tcp:80 DOWN: 1 of 3");
        assertThat(say("web3", Health.DOWN)).containsExactly("RS [192.0.2.13]:tcp:80 DOWN: 0 of 3", "VS DOWN: 0 of 3");
        assertThat(say("web2", Health.UP)).containsExactly("RS [192.0.2.12]:tcp:80 UP: 1 of 3", "VS UP: 1 of 3");
    }

    @Test
    void whoIsConfiguredNoMoreIsNotCounted() {
        configure(WEB);
        say("web2", Health.DOWN);

        assertThat(configure(WEB[0], WEB[2], WEB[3], WEB[4], WEB[5]))
                .containsExactly("RS [192.0.2.11]:tcp:80 DOWN: 1 of 2");
    }

    @Test
    void eachAddressOfAHostNameCounts() throws Exception {
        assertThat(configure(WEB[0], "real.server.web1 = web.example.org 80", WEB[2], WEB[5]))
                .isEmpty();

        var addresses = List.of(InetAddress.getByName("192.0.2.21"), InetAddress.getByName("192.0.2.22"));
        assertThat(on(new Input.Resolved("web1", "web.example.org", addresses))).containsExactly("VS UP: 3 of 3");
        assertThat(on(new Input.Resolved("web1", "web.example.org", addresses.subList(0, 1))))
                .containsExactly("RS [192.0.2.22]:tcp:80 DOWN: 2 of 2");
    }

    @Test
    void whenItEndsNobodyIsUp() {
        configure(WEB);

        assertThat(on(new Input.Stopping(true)))
                .containsExactly(
                        "RS [192.0.2.11]:tcp:80 DOWN: 0 of 3",
                        "RS [192.0.2.12]:tcp:80 DOWN: 0 of 3",
                        "RS [192.0.2.13]:tcp:80 DOWN: 0 of 3",
                        "VS DOWN: 0 of 3");
    }

    private List<String> configure(String... lines) {
        return on(new Input.Configured(Texts.settings(lines), List.of()));
    }

    private List<String> say(String realServer, Health health) {
        return on(new Input.Verdict(
                new Verdict("lvs/WEB/" + realServer + "/page", health, "looked", Instant.EPOCH, 0, false, null, 0)));
    }

    private List<String> on(Input input) {
        List<String> told = new ArrayList<>();
        for (Effect effect : server.on(input, 0)) {
            if (effect instanceof Effect.Publish publish) {
                told.add(line(publish.event()));
            }
        }
        return told;
    }

    private static String line(Event event) {
        if (event instanceof Event.RealServerChange change) {
            return "RS " + change.realServer() + " " + change.to() + ": " + change.realServersUp() + " of "
                    + change.realServersTotal();
        }
        var change = (Event.VirtualServerChange) event;
        return "VS " + change.to() + ": " + change.realServersUp() + " of " + change.realServersTotal();
    }
}
