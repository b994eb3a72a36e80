package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The first takeover in a daemon's life is usually the one that counts. Rehearsals have met each class that it needs: to load one, or
 * to make that of a lambda, takes the JVM half a millisecond, and ten of them took longer than all the rest.
 */
@Tag("lab")
class FirstTakeoverTest {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final int REPEATED = 5;
    private static final List<String> VIPS = List.of("192.168.88.50", "192.168.88.51", "192.168.88.52");
    private static final Router ROUTER = Router.version3(51, 100, VIPS.get(0)).withAddresses(VIPS);

    /** As the JVM writes them, to the millisecond. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("'['yyyy-MM-dd'T'HH:mm:ss.SSSZ']'");

    private static final long MILLI = 1_000_000;

    /** When a class was loaded. */
    private record Loaded(long at, String what) {
        static Loaded of(String line) {
            int end = line.indexOf(']') + 1;
            var time = OffsetDateTime.parse(line.substring(0, end), TIME).toInstant();
            return new Loaded(time.getEpochSecond() * 1_000 * MILLI + time.getNano(), line.substring(end));
        }

        /** Whether it is of those that a takeover needs; a container loads others whenever it likes. */
        boolean isOurs() {
            return what.matches(" io\\.halcyon\\.(vrrp|vip|linux|transport|spi|api)\\..*");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw", "pcap"})
    void loadsNoClass(String transport) {
        Pair.Maker maker = transport.equals("raw") ? Pair.HALCYON : Pair.HALCYON_PCAP;
        try (var pair = new Pair("lab-first-" + transport, maker, maker, VIPS)) {
            var b = ((HalcyonNode) pair.b())
                    .withJavaOptions("-Xlog:class+load:file=" + HalcyonNode.BASE + "/classes-%p.log:time:filecount=0");
            pair.a().configure(List.of(ROUTER));
            b.configure(List.of(ROUTER.withPriority(90)));
            pair.a().start();
            pair.awaitMaster(pair.a(), ROUTER, LIMIT);
            b.start();
            b.awaitBackup(LIMIT);
            Await.until("it has loaded what a start takes", LIMIT, () -> loaded(b)
                    .noneMatch(one -> one.at() > Times.now() - QUIET.toNanos()));
            assertThat(loaded(b).filter(Loaded::isOurs))
                    .as("the log tells of them")
                    .isNotEmpty();

            long killed = Times.now();
            pair.a().kill();
            long began = pair.capture()
                    .awaitAdvert("the takeover", killed, LIMIT, advert -> advert.host()
                            .equals("h2"))
                    .at();
            Await.until(
                    "all addresses are announced",
                    LIMIT,
                    () -> garps(pair, began).size() >= REPEATED * VIPS.size());
            long announced = garps(pair, began).get(REPEATED * VIPS.size() - 1).at();

            assertThat(loaded(b).filter(Loaded::isOurs))
                    .filteredOn(one -> one.at() >= began - MILLI && one.at() <= announced)
                    .as("from the advertisement to the last announcement")
                    .isEmpty();
        }
    }

    private static List<Frame.Garp> garps(Pair pair, long since) {
        return pair.capture().since(since, Frame.Garp.class, garp -> garp.host().equals("h2"));
    }

    private static Stream<Loaded> loaded(HalcyonNode node) {
        try (var logs = Files.newDirectoryStream(node.etc().resolveSibling(""), "classes-*.log")) {
            Stream<Loaded> all = Stream.of();
            for (var log : logs) {
                all = Stream.concat(
                        all,
                        Files.readAllLines(log).stream()
                                .filter(line -> line.startsWith("[") && line.contains("] "))
                                .map(Loaded::of));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
