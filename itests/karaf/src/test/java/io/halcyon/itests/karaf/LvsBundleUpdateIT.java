package io.halcyon.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.halcyon.api.check.CheckService;
import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventLog;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.lvs.VirtualServerService;
import io.halcyon.api.lvs.VirtualServerStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.inject.Inject;
import org.apache.karaf.features.FeaturesService;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * {@code bundle:update} of what carries a virtual server while it serves: nothing leaves the kernel, no client is refused, and
 * nobody is told that a real server went.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class LvsBundleUpdateIT {

    private static final String SERVICE = "10.99.0.1";
    private static final String FIRST = "10.99.0.11";
    private static final String SECOND = "10.99.0.12";

    private static final String WEB =
            """
            virtual.server = 10.99.0.1 80
            dataplane = nftables
            lvs.sched = rr
            delay.loop = 0.2
            connect.timeout = 5
            check.port.type = tcp
            real.server.web1 = %s
            real.server.web2 = %s
            """;

    /** The way to the virtual server, to each real server from it, and each real server. */
    private static final List<String> ENTRIES = List.of(
            "{\"concat\": [\"10.99.0.1\", \"tcp\", 80]}",
            "{\"goto\": {\"target\": \"d-tcp-10.99.0.1-80-10.99.0.11-8080\"}}",
            "{\"goto\": {\"target\": \"d-tcp-10.99.0.1-80-10.99.0.12-8080\"}}",
            "\"addr\": \"10.99.0.11\"",
            "\"addr\": \"10.99.0.12\"");

    private static final List<String> UPDATED = List.of(
            "io.halcyon.check.engine", "io.halcyon.lvs.engine", "io.halcyon.lvs.nftables", "io.halcyon.check.tcp");

    /** Enough to see what was before, and what is afterwards. */
    private static final int SAMPLES = 20;

    @Inject
    private FeaturesService features;

    @Inject
    private EventLog events;

    @Inject
    private BundleContext context;

    private final Path file = Path.of(System.getProperty("karaf.etc", "etc"), "io.halcyon.lvs-web.cfg");

    @Configuration
    public Option[] container() {
        return Container.options("lvs-update");
    }

    @Test
    public void anUpdateOfWhatCarriesItTakesNothingFromAVirtualServer() throws Exception {
        features.installFeature("halcyon-lvs", EnumSet.noneOf(FeaturesService.Option.class));
        for (var address : List.of(SERVICE, FIRST, SECOND)) {
            var added = new ProcessBuilder("ip", "addr", "add", address + "/32", "dev", "lo").start();
            assertEquals(address, 0, added.waitFor());
        }
        try (var first = NamedServer.start("web1", FIRST);
                var second = NamedServer.start("web2", SECOND)) {
            Files.writeString(file, WEB.formatted(first.endpoint(), second.endpoint()));
            Soon.is("it serves", this::virtualServers, LvsBundleUpdateIT::serve);
            for (var bundle : UPDATED) {
                update(bundle);
            }
            Files.delete(file);
            Soon.is("no virtual server is left", this::virtualServers, List::isEmpty);
        }
        Soon.is("no check is left", this::checks, List::isEmpty);
        assertEquals(List.of(), Errors.logged());
    }

    private void update(String bundle) throws Exception {
        long told = events.last(1).stream().mapToLong(EventRecord::id).sum();
        try (var ruleset = RulesetSamples.of(ENTRIES);
                var clients = ServiceClients.of(SERVICE, 80)) {
            Soon.is("the kernel is looked at", ruleset::count, count -> count >= SAMPLES);
            bundle(bundle).update();
            var updated = Instant.now();
            Soon.is(bundle + ": verdicts return", this::checks, checks -> isFresh(checks, updated));
            Soon.is(bundle + ": it serves", this::virtualServers, LvsBundleUpdateIT::serve);
            long back = Duration.between(updated, Instant.now()).toMillis();
            int samples = ruleset.count();
            Soon.is("the kernel is looked at", ruleset::count, count -> count >= samples + SAMPLES);
            var answers = clients.answers();
            Soon.is(
                    bundle + ": both real servers answer",
                    clients::answers,
                    now -> moreOf("web1", answers, now) && moreOf("web2", answers, now));
            System.out.printf(
                    "%s updated: verdicts were back %d ms after it, %d looks at the ruleset, answers %s%n",
                    bundle, back, ruleset.count(), clients.answers());
            assertEquals(bundle, List.of(), ruleset.faults());
            assertEquals(bundle, List.of(), clients.failures());
        }
        assertEquals(bundle, List.of(), lossesSince(told));
    }

    private static boolean moreOf(String name, Map<String, Long> before, Map<String, Long> now) {
        return now.getOrDefault(name, 0L) > before.getOrDefault(name, 0L);
    }

    private static boolean serve(List<VirtualServerStatus> all) {
        return all.size() == 1
                && all.get(0).state().equals("applied")
                && all.get(0).dataplane().equals("nftables")
                && all.get(0).health() == Health.UP
                && all.get(0).realServers().size() == 2
                && all.get(0).realServers().stream()
                        .allMatch(real -> real.state().equals("in service") && real.health() == Health.UP);
    }

    /** Each real server was looked at since then, and works. */
    private static boolean isFresh(List<CheckStatus> checks, Instant since) {
        return checks.stream().map(CheckStatus::name).toList().equals(List.of("lvs/web/web1/port", "lvs/web/web2/port"))
                && checks.stream().allMatch(check -> check.verdict().health() == Health.UP && ranSince(check, since));
    }

    private static boolean ranSince(CheckStatus check, Instant since) {
        var last = check.lastAt();
        return last != null && last.isAfter(since);
    }

    private List<String> lossesSince(long id) {
        return events.last(1_000).stream()
                .filter(record -> record.id() > id)
                .filter(record -> isLoss(record.event()))
                .map(record -> record.event().object() + " " + record.event().text())
                .toList();
    }

    private static boolean isLoss(Event event) {
        return event instanceof Event.RealServerChange
                || (event instanceof Event.VirtualServerChange change && change.to() == Health.DOWN);
    }

    private Bundle bundle(String name) {
        var found = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals(name))
                .toList();
        assertEquals(name, 1, found.size());
        assertTrue(name + " is active", found.get(0).getState() == Bundle.ACTIVE);
        return found.get(0);
    }

    private List<VirtualServerStatus> virtualServers() {
        return ask(VirtualServerService.class, VirtualServerService::virtualServers);
    }

    private List<CheckStatus> checks() {
        return ask(CheckService.class, CheckService::checks);
    }

    /** Whoever is there now: an update brings another one, and while it lasts there is none. */
    private <S, T> List<T> ask(Class<S> type, Function<S, List<T>> question) {
        try {
            var reference = context.getServiceReference(type);
            var service = reference == null ? null : context.getService(reference);
            return service == null ? List.of() : question.apply(service);
        } catch (IllegalStateException e) {
            return List.of();
        }
    }
}
