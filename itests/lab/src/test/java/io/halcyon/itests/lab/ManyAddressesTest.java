package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A thousand addresses are announced sooner than the kernel has them all: whoever is told sends packets at once, and they are
 * answered.
 */
@Tag("lab")
class ManyAddressesTest {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final List<String> ALL = IntStream.range(0, 1_000)
            .mapToObj(i -> "10.88." + (16 + i / 250) + "." + (1 + i % 250))
            .toList();
    private static final long UNDER_WAY_NANOS = 2_000_000;
    private static final String LAST = ALL.get(999);
    private static final Router ROUTER = Router.version3(51, 100, LAST).withAddresses(ALL);

    @Test
    void whatIsAnnouncedIsServed() {
        try (var pair = new Pair("lab-many", Pair.HALCYON, Pair.HALCYON, List.of(LAST))) {
            pair.lab().client().run("ip", "route", "add", "10.88.16.0/22", "dev", Lab.INTERFACE);
            pair.a().configure(List.of(ROUTER));
            pair.b().configure(List.of(ROUTER.withPriority(90)));
            pair.a().start();
            pair.prober().awaitAnswer(LAST, "h1", Times.now(), LIMIT);
            pair.b().start();
            pair.b().awaitBackup(LIMIT);

            long cut = Times.now();
            pair.lab().cut("h1");
            long announced = pair.capture()
                    .await(
                            "the announcement of the last",
                            cut,
                            LIMIT,
                            Frame.Garp.class,
                            garp -> garp.host().equals("h2") && garp.address().equals(LAST))
                    .at();
            pair.prober().awaitAnswer(LAST, "h2", cut, LIMIT);
            Await.until("all are there", LIMIT, () -> ALL.stream()
                    .allMatch(address -> pair.addresses().present("h2", address)));

            // A probe that was under way then went to where the last one was.
            var served = pair.prober().of(LAST).between(announced + UNDER_WAY_NANOS, Times.now());
            assertThat(served.losses()).as("from its first announcement on").isEmpty();
            assertThat(served.hosts()).containsExactly("h2");
            Await.until("nothing but addresses stays", LIMIT, () -> pair.lab()
                    .host("h2")
                    .run("ip", "route", "show", "table", "all", "type", "local", "proto", "72")
                    .isEmpty());
            assertThat(pair.capture().drops()).isZero();
        }
    }
}
