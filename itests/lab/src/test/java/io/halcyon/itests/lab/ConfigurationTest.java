package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Isolated;

/** Fifty routers at 100 ms on one node: a change touches that router only, in time, and a bad one touches nothing. */
@Tag("lab")
@Isolated("its timers are short")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConfigurationTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int FIRST = 1;
    private static final int LAST = 50;

    /** An advertisement left out would make a gap of two intervals. */
    private static final double GAP_MILLIS = 170;

    private final Stalls stalls = new Stalls();
    private Lab lab;
    private Capture capture;
    private HalcyonNode node;

    @BeforeAll
    void startFiftyRouters() {
        lab = Lab.create("lab-configuration", Distribution.root().resolve("itests/lab/target/labs/configuration"), 1);
        capture = Capture.of(lab);
        node = new HalcyonNode(lab, "h1", Distribution.unpacked());
        node.configure(IntStream.rangeClosed(FIRST, LAST)
                .mapToObj(ConfigurationTest::router)
                .toList());
        node.start();
        IntStream.rangeClosed(FIRST, LAST).forEach(vrid -> awaitAdvert(vrid, 0, 100, LIMIT));
    }

    @AfterAll
    void endTheLab() {
        stalls.close();
        if (lab != null) {
            node.close();
            capture.close();
            lab.close();
        }
    }

    private static Router router(int vrid) {
        return Router.version3(vrid, 100, "192.168.88." + (150 + vrid));
    }

    private Frame.Advert awaitAdvert(int vrid, long since, int priority, Duration limit) {
        return capture.awaitAdvert(
                "router " + vrid + " with priority " + priority,
                since,
                limit,
                advert -> advert.vrid() == vrid && advert.priority() == priority);
    }

    @Test
    @Order(1)
    void anEditTakesEffectInTimeAndCostsTheOthersNotOneAdvertisement() {
        long edited = Times.now();
        node.write(router(7).withPriority(110));
        var changed = awaitAdvert(7, edited, 110, LIMIT);
        Await.pass(Duration.ofSeconds(1), "what the edit may have disturbed shows in the next intervals");

        assertThat(Times.millis(edited, changed.at())).isLessThan(1500);
        assertThat(new Wire(capture, 7).resignations("h1", edited)).isEmpty();
        assertThat(missing(edited, 7)).isEmpty();
    }

    @Test
    @Order(2)
    void aNewFileBecomesARouterInTime() {
        var added = router(51);
        long written = Times.now();
        node.write(added);
        var first = awaitAdvert(51, written, 100, LIMIT);

        assertThat(Times.millis(written, first.at()))
                .isBetween(added.masterDownMillis() - 5, 1500 + added.masterDownMillis());
        assertThat(missing(written, 51)).isEmpty();
    }

    @Test
    @Order(3)
    void aDeletedFileSendsItsPriorityZeroAfterTheGrace() throws IOException {
        long deleted = Times.now();
        Files.delete(node.file(router(51)));
        var resigned = awaitAdvert(51, deleted, 0, LIMIT);

        assertThat(Times.millis(deleted, resigned.at())).isBetween(1500.0, 3500.0);
        assertThat(missing(deleted, 51)).isEmpty();
    }

    @Test
    @Order(4)
    void aFileThatReturnsOrIsRenamedWithinTheGraceChangesNothing() throws IOException {
        long saved = Times.now();
        var file = node.file(router(8));
        var text = Files.readString(file);
        Files.delete(file);
        Await.pass(
                Duration.ofMillis(900),
                "an editor that deletes and writes anew, slower than the directory is looked at");
        Files.writeString(file, text);
        Files.move(node.file(router(9)), node.etc().resolve("io.halcyon.vrrp-renamed.cfg"));
        Await.pass(Duration.ofSeconds(4), "longer than the grace");

        assertThat(missing(saved, 0)).isEmpty();
        assertThat(new Wire(capture, 8).resignations("h1", saved)).isEmpty();
        assertThat(new Wire(capture, 9).resignations("h1", saved)).isEmpty();
        Files.move(node.etc().resolve("io.halcyon.vrrp-renamed.cfg"), node.file(router(9)));
    }

    @Test
    @Order(5)
    void aBadEditTouchesNothingAndNamesFileKeyAndValue() throws IOException {
        long edited = Times.now();
        replace(node.file(router(10)), "priority = 100", "priority = 300");
        Await.until("the refusal in the log", LIMIT, () -> node.log().contains("priority = 300 is refused"));

        assertThat(missing(edited, 0)).isEmpty();
        assertThat(node.log().lines().filter(line -> line.contains("priority = 300 is refused")))
                .hasSize(1)
                .allMatch(line -> line.contains(" ERROR ") && line.contains("io.halcyon.vrrp-VI_10.cfg"));
        assertThat(node.log().lines().filter(line -> line.contains(" ERROR "))).hasSize(1);
    }

    @Test
    @Order(6)
    void aRestartRunsTheLastAcceptedConfigurationAndForgetsWhatWasDeletedMeanwhile() throws IOException {
        node.stop(LIMIT);
        Files.delete(node.file(router(11)));
        long started = Times.now();
        node.start();
        var last = IntStream.rangeClosed(FIRST, LAST)
                .filter(vrid -> vrid != 11)
                .mapToObj(vrid -> awaitAdvert(vrid, started, vrid == 7 ? 110 : 100, LIMIT))
                .map(Frame.Advert::at)
                .max(Long::compare)
                .orElseThrow();
        Await.pass(Duration.ofSeconds(1), "more than the master-down interval of a router that should not be there");

        assertThat(last).isPositive();
        assertThat(capture.adverts(started, advert -> advert.vrid() == 11)).isEmpty();
    }

    /** Gaps in which at least one advertisement of a router is missing since a time; one router is left out. */
    private List<String> missing(long since, int except) {
        assertThat(capture.drops()).isZero();
        return capture.adverts(since - 500_000_000, advert -> advert.vrid() <= LAST && advert.vrid() != except).stream()
                .collect(Collectors.groupingBy(Frame.Advert::vrid))
                .entrySet()
                .stream()
                .flatMap(entry -> gaps(entry.getKey(), entry.getValue()).stream())
                .toList();
    }

    private List<String> gaps(int vrid, List<Frame.Advert> adverts) {
        return IntStream.range(1, adverts.size())
                .filter(i -> isMissed(adverts.get(i - 1).at(), adverts.get(i).at()))
                .mapToObj(i -> "router %d: %.0f ms"
                        .formatted(
                                vrid,
                                Times.millis(
                                        adverts.get(i - 1).at(), adverts.get(i).at())))
                .toList();
    }

    private boolean isMissed(long from, long until) {
        return Times.millis(from, until) - stalls.millisWithin(from, until) > GAP_MILLIS;
    }

    private static void replace(Path file, String from, String to) throws IOException {
        Files.writeString(file, Files.readString(file).replace(from, to));
    }
}
