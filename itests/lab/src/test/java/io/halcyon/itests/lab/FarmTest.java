package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The farm works by itself: rules written by hand spread connections, and the clients see what happens to them. */
@Tag("lab")
class FarmTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final String RULES =
            """
            table inet by-hand {
                chain prerouting {
                    type nat hook prerouting priority -100
                    ip daddr %1$s tcp dport 80 dnat ip to numgen inc mod 3 map {
                        0 : 192.168.200.2, 1 : 192.168.200.3, 2 : 192.168.200.4 } : %3$d
                    ip daddr %1$s tcp dport 443 dnat ip to 192.168.201.100
                    ip6 daddr %2$s tcp dport 80 dnat ip6 to [fd00:200::3]:%3$d
                }
            }
            """
                    .formatted(Farm.VIP, Farm.VIP6, Farm.PORT);

    @Test
    void rulesWrittenByHandSpreadConnections() throws IOException {
        try (var farm = Farm.create("farm")) {
            farm.director().run(Map.of(), RULES, List.of("nft", "-f", "-")).orThrow();
            var client = new WebClient(farm.lab().client());
            var served = new TreeMap<String, Integer>();
            for (int i = 0; i < 9; i++) {
                served.merge(client.get("10.77.0." + i, Farm.VIP, 80, "/").text(), 1, Integer::sum);
            }

            assertThat(served).containsExactly(Map.entry("h2", 3), Map.entry("h3", 3), Map.entry("h4", 3));
            assertThat(client.get(null, Farm.VIP6, 80, "/").text()).isEqualTo("h3");
            assertThat(client.getSecurely(Farm.VIP, 443, "/health").text()).isEqualTo("fine");
            assertThat(client.get(null, Farm.VIP, 80, "/none").status()).isEqualTo(404);
            showsWhatADeathCosts(farm, client);
        }
    }

    private static void showsWhatADeathCosts(Farm farm, WebClient client) throws IOException {
        try (var load = new WebLoad(farm.lab(), Farm.VIP, 80, 3, 3);
                var kept = client.open(null, Farm.VIP, 80);
                var download = client.download(null, Farm.VIP, 80, "/large")) {
            Await.until("all serve", LIMIT, () -> Farm.SERVERS.stream()
                    .allMatch(server -> servedBy(load.since(0), server)));
            var victim = Await.found("somebody keeps a connection", LIMIT, () -> load.since(0).stream()
                    .filter(WebLoad.Request::kept)
                    .map(WebLoad.Request::host)
                    .findFirst());
            assertThat(load.failedSince(0)).isEmpty();
            var host = kept.get("/").text();
            assertThat(kept.get("/").text()).isEqualTo(host);
            assertThat(download.awaitEnd(LIMIT)).isEmpty();
            assertThat(download.received()).isEqualTo(Farm.LARGE);

            long killed = Times.now();
            farm.nginx(victim).kill();
            Await.until(
                    "fresh and kept requests fail",
                    LIMIT,
                    () -> load.failedSince(killed).stream().anyMatch(WebLoad.Request::kept)
                            && load.failedSince(killed).stream().anyMatch(request -> !request.kept()));
            farm.nginx(victim).start();
            long started = Times.now();
            Await.until("it serves again", LIMIT, () -> servedBy(load.since(started), victim));
        }
    }

    private static boolean servedBy(List<WebLoad.Request> requests, String host) {
        return requests.stream().anyMatch(request -> request.host().equals(host));
    }
}
