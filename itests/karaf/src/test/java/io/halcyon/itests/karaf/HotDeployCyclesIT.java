package io.halcyon.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import io.halcyon.api.check.CheckService;
import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.check.Health;
import io.halcyon.api.check.Verdict;
import io.halcyon.api.check.VerdictListener;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventLog;
import io.halcyon.api.vrrp.RouterService;
import io.halcyon.api.vrrp.RouterState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * A check type is installed, updated and uninstalled two hundred times below a MASTER that advertises every 10 ms: the adverts do
 * not notice, nobody's verdict changes, and nothing is left of the bundles that went.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class HotDeployCyclesIT {

    private static final int WARM_UP = 20;
    private static final int CYCLES = Integer.getInteger("halcyon.cycles", 200);
    private static final long INTERVAL_MICROS = 10_000;

    /** A machine that others use, too, stands still now and then; two hundred updates would do it more often. */
    private static final int MOST_STALLS = 1;

    /** Events and caches that are filling; two hundred bundles that stay are more, 17 kB each. */
    private static final long MOST_HEAP_GROWTH = 3_000_000;

    /** The framework's own caches may hold the bundle that was there last. */
    private static final int MOST_LOADERS = 1;

    private static final String FIRST = "3 cups, says version 1.0.0";
    private static final String SECOND = "3 cups, says version 1.1.0";

    private static final String CHECK =
            """
            type = %s
            interval = 0.02
            timeout = 2
            """;

    private static final String ROUTER =
            """
            interface = ens33
            version = 3
            virtual.router.id = 51
            priority = 255
            advert.int = 0.01
            virtual.ipaddress = 192.168.88.50/24
            track.script = cup, pot
            """;

    @Inject
    private BundleContext context;

    @Inject
    private CheckService checks;

    @Inject
    private RouterService routers;

    @Inject
    private EventLog events;

    private final Path base = Path.of(System.getProperty("karaf.base", ""));
    private final Loaders loaders = new Loaders();
    private final Set<String> told = new ConcurrentSkipListSet<>();

    @Configuration
    public Option[] container() {
        return Container.options(
                "cycles",
                systemProperty("halcyon.cycles").value(Integer.toString(CYCLES)),
                systemProperty("halcyon.test.first")
                        .value(PluginJar.coffee("1.0.0").toString()),
                systemProperty("halcyon.test.second")
                        .value(PluginJar.coffee("1.1.0").toString()),
                systemProperty("halcyon.test.tea").value(PluginJar.tea().toString()));
    }

    @Test
    public void twoHundredTimesNobodyNotices() throws Exception {
        Files.writeString(base.resolve("etc/io.halcyon.check-cup.cfg"), CHECK.formatted("coffee") + "cups = 3\n");
        Files.writeString(base.resolve("etc/io.halcyon.check-pot.cfg"), CHECK.formatted("tea"));
        Files.writeString(base.resolve("etc/io.halcyon.vrrp-VI_1.cfg"), ROUTER);
        install("halcyon.test.tea");
        var last = cycle(null);
        Soon.is("the router is master", this::state, RouterState.MASTER::equals);
        for (int i = 0; i < WARM_UP; i++) {
            last = cycle(last);
        }
        refresh();
        long heapBefore = Loaders.heapBytes();
        long changesBefore = changes();
        var otherBefore = pot().lastReason();
        var listening = context.registerService(VerdictListener.class, new Listener(), null);

        List<Long> gaps;
        try (var adverts = AdvertGaps.watch(base.resolve("data/adverts.txt"))) {
            long began = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
            long collecting = Loaders.collectionMillis();
            for (int i = 0; i < CYCLES; i++) {
                last = cycle(last);
            }
            gaps = adverts.since(began);
            report(began, gaps, Loaders.collectionMillis() - collecting);
        }
        assertEquals("nothing is an event for anybody", changesBefore, changes());
        assertEquals(RouterState.MASTER, state());
        assertEquals("verdicts of cup", Set.of("UP " + FIRST, "UP " + SECOND), told);
        assertEquals("checks of another type are not made anew", otherBefore, pot().lastReason());
        listening.unregister();
        refresh();

        assertNothingIsLeft(heapBefore);
        removalIsUnknown(last);
        assertNoGap(gaps);
    }

    /** Uninstalls what was there, installs the first version, updates it to the second. */
    private Bundle cycle(Bundle before) throws BundleException, IOException {
        if (before != null) {
            loaders.remember(before);
            before.uninstall();
        }
        var bundle = install("halcyon.test.first");
        Soon.is("the first version looks", this::cup, check -> check.lastReason()
                .equals(FIRST));
        loaders.remember(bundle);
        try (var jar = Files.newInputStream(jar("halcyon.test.second"))) {
            bundle.update(jar);
        }
        Soon.is("the second version looks", this::cup, check -> check.lastReason()
                .equals(SECOND));
        return bundle;
    }

    /** As {@code deploy/} does it: until then the framework keeps what it knew of bundles that are gone. */
    private void refresh() throws InterruptedException {
        var done = new CountDownLatch(1);
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(null, event -> done.countDown());
        assertTrue("the framework refreshes", done.await(30, TimeUnit.SECONDS));
    }

    private Bundle install(String property) throws BundleException, IOException {
        try (var jar = Files.newInputStream(jar(property))) {
            var bundle = context.installBundle("test:" + property, jar);
            bundle.start();
            return bundle;
        }
    }

    private static Path jar(String property) {
        return Path.of(System.getProperty(property));
    }

    private static void report(long began, List<Long> gaps, long collecting) {
        long took = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()) - began;
        System.out.printf(
                "%d cycles in %d ms, %d adverts, longest gap %d us, %d longer than two intervals %s; %d ms of garbage"
                        + " collection%n",
                CYCLES,
                took / 1_000,
                gaps.size() + 1,
                Collections.max(gaps),
                gaps.stream().filter(gap -> gap > 2 * INTERVAL_MICROS).count(),
                gaps.stream().filter(gap -> gap > 2 * INTERVAL_MICROS).toList(),
                collecting);
    }

    private static void assertNoGap(List<Long> gaps) {
        assertTrue("adverts: " + gaps.size(), gaps.size() > 2 * CYCLES);
        var missed = gaps.stream().filter(gap -> gap >= 3 * INTERVAL_MICROS).toList();
        assertTrue("gaps of three intervals: " + missed, missed.size() <= MOST_STALLS);
    }

    private void assertNothingIsLeft(long heapBefore) {
        long alive = loaders.alive(MOST_LOADERS);
        long growth = Loaders.heapBytes() - heapBefore;
        System.out.printf(
                "%d class loaders came and went, %d are left; the heap has %d kB more than before%n",
                loaders.remembered(), alive, growth / 1_000);
        assertTrue("heap grew by " + growth + " bytes", growth < MOST_HEAP_GROWTH);
    }

    private void removalIsUnknown(Bundle last) throws BundleException {
        last.uninstall();
        assertEquals("not at once", Health.UP, cup().verdict().health());
        Soon.is("the check knows nothing", this::cup, check -> check.verdict().health() == Health.UNKNOWN);
        assertEquals("waiting for type coffee", cup().state());
        assertEquals(
                "waiting for type coffee, which no installed bundle brings; if it comes with Halcyon, install it:"
                        + " feature:install halcyon-check-coffee",
                cup().verdict().reason());
        assertEquals(Health.UP, pot().verdict().health());
        assertEquals(List.of(), errors());
    }

    /** Karaf looks for feature files in each bundle after the fact, and says so when it is gone by then. */
    private static List<String> errors() {
        return Errors.logged().stream()
                .filter(line -> !line.contains("FeatureDeploymentListener Unable to update deployed features"))
                .toList();
    }

    private CheckStatus cup() {
        return check("cup");
    }

    private CheckStatus pot() {
        return check("pot");
    }

    private CheckStatus check(String name) {
        return Soon.is("the check exists", () -> checks.check(name), Optional::isPresent)
                .orElseThrow();
    }

    private RouterState state() {
        return Soon.is("the router exists", () -> routers.router("VI_1"), Optional::isPresent)
                .orElseThrow()
                .state();
    }

    private long changes() {
        return events.last(1_000).stream()
                .filter(record -> record.event() instanceof Event.RouterTransition
                        || record.event() instanceof Event.VerdictChange)
                .count();
    }

    /** What was ever told of the check. */
    private final class Listener implements VerdictListener {

        @Override
        public void onVerdict(Verdict verdict) {
            if (verdict.name().equals("cup")) {
                told.add(verdict.health() + " " + verdict.reason());
            }
        }

        @Override
        public void onVerdictRemoved(String name) {
            told.add("removed");
        }
    }
}
