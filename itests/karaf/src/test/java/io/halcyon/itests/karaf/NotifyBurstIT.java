package io.halcyon.itests.karaf;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.vmOptions;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventSink;
import io.halcyon.api.notify.NotifierStatus;
import io.halcyon.api.notify.NotifyService;
import io.halcyon.api.vrrp.RouterService;
import io.halcyon.api.vrrp.RouterState;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import javax.inject.Inject;
import org.apache.karaf.features.FeaturesService;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;

/**
 * Ten thousand events at once for three notifiers, one of which nobody answers, below a MASTER that advertises every 10 ms: the
 * adverts do not notice, everything arrives in order, and nothing piles up in memory.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class NotifyBurstIT {

    private static final int EVENTS = 10_000;
    /** As many windows without a burst lie between the windows with one. */
    private static final int BURSTS = 4;

    private static final int OBJECTS = 100;
    private static final long INTERVAL_MICROS = 10_000;
    private static final long WINDOW_SECONDS = 5;

    /**
     * Unchanged, as far as a machine can tell that others use: windows of the same kind, of which a second counts, differ by one
     * millisecond or two.
     */
    private static final long MOST_P99_GROWTH_MICROS = INTERVAL_MICROS * 3 / 10;

    /** A machine that others use, too, stands still now and then; four bursts would do it four times. */
    private static final long MOST_STALLS_MORE = 1;

    /** Ten thousand records that stay in memory are more: 3 MB for each notifier. */
    private static final long MOST_HEAP_GROWTH = 4_000_000;

    private static final String ROUTER =
            """
            interface = ens33
            version = 3
            virtual.router.id = 51
            priority = 255
            advert.int = 0.01
            virtual.ipaddress = 192.168.88.50/24
            """;

    private static final String FIFO =
            """
            type = fifo
            format = json
            events = verdict
            fifo = %s
            """;

    /** Nobody listens there. */
    private static final String DEAD =
            """
            type = smtp
            events = verdict
            notification.email = ops@example.org
            smtp.server = 127.0.0.1
            smtp.port = 1
            """;

    private static final Pattern OBJECT = Pattern.compile("\"object\":\"burst-(\\d+)\"");
    private static final Pattern REASON = Pattern.compile("\"reason\":\"(\\d+)\"");

    @Inject
    private EventSink sink;

    @Inject
    private NotifyService notifiers;

    @Inject
    private RouterService routers;

    @Inject
    private FeaturesService features;

    private final Path base = Path.of(System.getProperty("karaf.base", ""));

    @Configuration
    public Option[] container() {
        // The launcher's own (CollectorOptionsTest holds them together): how long a collection of garbage lasts depends
        // on them.
        return Container.options(
                "burst",
                vmOptions(
                        "-Xms8m",
                        "-Xmx64m",
                        "-XX:-UseSerialGC",
                        "-XX:+UseShenandoahGC",
                        "-XX:ShenandoahGCHeuristics=compact",
                        "-XX:ParallelGCThreads=1",
                        "-XX:ConcGCThreads=1",
                        "-XX:+UnlockExperimentalVMOptions",
                        "-XX:ShenandoahAllocationThreshold=5",
                        "-XX:ShenandoahUncommitDelay=100",
                        "-XX:ShenandoahGuaranteedGCInterval=300000",
                        "-XX:ShenandoahUnloadClassesFrequency=10",
                        "-XX:ShenandoahSATBBufferSize=256"));
    }

    @Test
    public void tenThousandAtOnceDisturbNobody() throws Exception {
        features.installFeature("halcyon-notify-fifo", EnumSet.noneOf(FeaturesService.Option.class));
        configure("vrrp-VI_1", ROUTER);
        configure("notify-dead", DEAD);
        var first = fifo("first");
        var second = fifo("second");
        Soon.is("all notifiers are there", notifiers::notifiers, all -> all.size() == 3);
        Soon.is("the router is master", this::state, RouterState.MASTER::equals);

        try (var adverts = AdvertGaps.watch(base.resolve("data/adverts.txt"))) {
            long heapBefore = Loaders.heapBytes();
            var before = new ArrayList<Long>();
            var during = new ArrayList<Long>();
            var meanwhile = new ArrayList<Long>();
            long worstMicros = 0;
            long tookMicros = 0;
            for (int burst = 0; burst < BURSTS; burst++) {
                long began = micros();
                TimeUnit.SECONDS.sleep(WINDOW_SECONDS);
                before.addAll(adverts.since(began));

                began = micros();
                worstMicros = Math.max(worstMicros, publish(burst));
                assertInOrder("first", burst, first.poll(60, TimeUnit.SECONDS));
                assertInOrder("second", burst, second.poll(60, TimeUnit.SECONDS));
                tookMicros += micros() - began;
                meanwhile.addAll(adverts.since(began));
                TimeUnit.MICROSECONDS.sleep(began + TimeUnit.SECONDS.toMicros(WINDOW_SECONDS) - micros());
                during.addAll(adverts.since(began));
            }

            report("before, %d s without events".formatted(BURSTS * WINDOW_SECONDS), before);
            report("after, %d s with %d bursts".formatted(BURSTS * WINDOW_SECONDS, BURSTS), during);
            report("of these, while events were delivered", meanwhile);
            long growth = Loaders.heapBytes() - heapBefore;
            System.out.printf(
                    "%d times %d events delivered twice, each within %d ms, the slowest publish took %d us; the heap has %d kB"
                            + " more%n",
                    BURSTS, EVENTS, tookMicros / 1_000 / BURSTS, worstMicros, growth / 1_000);
            var dead = notifier("dead");
            assertEquals(
                    "nothing of the dead one's is lost",
                    List.of(BURSTS * EVENTS, 0L),
                    List.of(dead.queued(), dead.lost()));
            assertTrue("heap grew by " + growth + " bytes", growth < MOST_HEAP_GROWTH);
            assertTrue(
                    "gaps of three intervals, before " + stalls(before) + ", with bursts " + stalls(during),
                    stalls(during).size() <= stalls(before).size() + MOST_STALLS_MORE);
            assertTrue("the 99th percentile grew", p99(during) <= p99(before) + MOST_P99_GROWTH_MICROS);
        }
    }

    /** Tells how long the slowest one took, in microseconds. */
    private long publish(int burst) {
        long worstNanos = 0;
        for (int i = 0; i < EVENTS; i++) {
            var event = new Event.VerdictChange(
                    "burst-" + i % OBJECTS, Health.UP, Health.DOWN, String.valueOf(burst * EVENTS + i));
            long start = System.nanoTime();
            sink.publish(event, List.of());
            worstNanos = Math.max(worstNanos, System.nanoTime() - start);
        }
        return TimeUnit.NANOSECONDS.toMicros(worstNanos);
    }

    /** A notifier and somebody who reads what it tells, until all is told. */
    private BlockingQueue<long[]> fifo(String name) throws IOException, InterruptedException {
        var path = base.resolve("data/" + name + ".fifo");
        // The notifier would make it with its first line.
        assertEquals(
                0,
                new ProcessBuilder("mkfifo", "-m", "600", path.toString())
                        .start()
                        .waitFor());
        configure("notify-" + name, FIFO.formatted(path));
        var lines = new LinkedBlockingQueue<long[]>();
        var reader = new Thread(() -> read(path, lines), "reader-" + name);
        reader.setDaemon(true);
        reader.start();
        return lines;
    }

    /** Keeps the numbers only: what the test holds would look like what the engine holds. */
    private static void read(Path path, BlockingQueue<long[]> bursts) {
        try (BufferedReader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            for (int burst = 0; burst < BURSTS; burst++) {
                var told = new long[EVENTS];
                for (int count = 0; count < EVENTS; ) {
                    var line = reader.readLine();
                    if (line == null) {
                        throw new EOFException("nobody writes to " + path + " any more");
                    }
                    var reason = REASON.matcher(line);
                    if (OBJECT.matcher(line).find() && reason.find()) {
                        told[count++] = Long.parseLong(reason.group(1));
                    }
                }
                bursts.add(told);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertInOrder(String name, int burst, long[] told) {
        long first = (long) burst * EVENTS;
        assertArrayEquals(name, LongStream.range(first, first + EVENTS).toArray(), told);
    }

    private static void report(String when, List<Long> gaps) {
        var off = lateness(gaps);
        System.out.printf(
                "%s: %d adverts, off 10 ms by p50 %d us, p99 %d us, longest gap %d us%n",
                when, gaps.size(), off.get(off.size() / 2), p99(gaps), Collections.max(gaps));
    }

    /** After so long without an advert a backup may take over. */
    private static List<Long> stalls(List<Long> gaps) {
        return gaps.stream().filter(gap -> gap >= 3 * INTERVAL_MICROS).toList();
    }

    private static long p99(List<Long> gaps) {
        var off = lateness(gaps);
        return off.get(off.size() * 99 / 100);
    }

    private static List<Long> lateness(List<Long> gaps) {
        return gaps.stream()
                .map(gap -> Math.abs(gap - INTERVAL_MICROS))
                .sorted()
                .toList();
    }

    private void configure(String name, String text) throws IOException {
        Files.writeString(base.resolve("etc/io.halcyon." + name + ".cfg"), text);
    }

    private NotifierStatus notifier(String name) {
        return notifiers.notifiers().stream()
                .filter(notifier -> notifier.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private RouterState state() {
        return routers.router("VI_1").map(router -> router.state()).orElse(RouterState.INIT);
    }

    private static long micros() {
        return TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
    }
}
