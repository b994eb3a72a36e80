package io.halcyon.host.doctor;

import io.halcyon.api.check.CheckService;
import io.halcyon.api.doctor.Diagnosis;
import io.halcyon.api.doctor.Doctor;
import io.halcyon.api.event.EventLog;
import io.halcyon.api.lvs.VirtualServerService;
import io.halcyon.api.vrrp.RouterService;
import io.halcyon.api.vrrp.RouterStatus;
import io.halcyon.linux.Clock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Examines this host. Nothing of it is loaded before somebody asks; between two questions only counters are kept.
 *
 * <p>Engines may be missing; whoever comes or goes makes a new doctor.
 */
@Component
public final class HostDoctor implements Doctor {

    /** All programs together; routers are watched meanwhile. */
    private static final long PROGRAMS_MILLIS = 2_400;

    private static final int MOST_EVENTS = 1000;

    private final @Nullable RouterService routers;
    private final @Nullable CheckService checks;
    private final @Nullable EventLog events;
    private final @Nullable VirtualServerService virtualServers;
    private final Recollection recollection = new Recollection();
    private final Path accepted = Path.of(System.getProperty("karaf.data", "data"), "accepted");

    @Activate
    public HostDoctor(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    @Nullable
                    RouterService routers,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    @Nullable
                    CheckService checks,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    @Nullable
                    EventLog events,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    @Nullable
                    VirtualServerService virtualServers) {
        this.routers = routers;
        this.checks = checks;
        this.events = events;
        this.virtualServers = virtualServers;
    }

    @Override
    public Diagnosis examine() {
        Sheet sheet = new Sheet();
        Situation situation = situation(sheet);
        if (situation.routers().isEmpty()) {
            sheet.notExamined("interfaces: there is no virtual router (etc/io.halcyon.vrrp-NAME.cfg)");
        }
        long begin = System.nanoTime();
        for (Examination examination : examinations(begin)) {
            examine(examination, situation, sheet);
        }
        return sheet.diagnosis();
    }

    static void examine(Examination examination, Situation situation, Sheet sheet) {
        try {
            examination.look(situation, sheet);
        } catch (IOException e) {
            sheet.notExamined(examination.subject() + ": " + e.getMessage());
        } catch (RuntimeException e) {
            sheet.notExamined(examination.subject() + " failed: " + e);
        }
    }

    private Situation situation(Sheet sheet) {
        return new Situation(
                asked("routers", this::routerList, sheet),
                asked("checks", () -> checks == null ? List.of() : checks.checks(), sheet),
                asked("events", () -> events == null ? List.of() : events.last(MOST_EVENTS), sheet),
                objects(sheet),
                asked(
                        "virtual servers",
                        () -> virtualServers == null ? List.of() : virtualServers.virtualServers(),
                        sheet));
    }

    /** What an engine says; one that does not answer is no reason not to look at the host. */
    private static <T> List<T> asked(String what, Supplier<List<T>> engine, Sheet sheet) {
        try {
            return engine.get();
        } catch (RuntimeException e) {
            sheet.notExamined(what + ": " + e.getMessage());
            return List.of();
        }
    }

    private List<RouterStatus> routerList() {
        return routers == null ? List.of() : routers.routers();
    }

    private List<ConfiguredObject> objects(Sheet sheet) {
        try {
            return ConfiguredObject.all(accepted);
        } catch (IOException e) {
            sheet.notExamined("configured commands: " + e.getMessage());
            return List.of();
        }
    }

    private List<Examination> examinations(long begin) {
        Tree tree = Tree.OF_THE_HOST;
        Commands commands = new HostCommands(PROGRAMS_MILLIS);
        Instant start =
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        return List.of(
                new Firewall(tree, commands),
                new ReversePath(tree, commands),
                new ArpAnswers(tree, commands),
                new Snooping(commands),
                new NetworkServices(tree, commands),
                new AccessControl(tree, commands, ProcessHandle.current().pid(), start),
                new Programs(tree),
                new VirtualServers(tree, commands),
                new Scripts(tree),
                new Remedies(tree, System.getenv("NOTIFY_SOCKET") != null),
                new ClockSteps(tree, start, InstantSource.system(), Clock::boottimeNanos),
                // The last: whatever the others take is time that routers were watched.
                new Peers(this::routerList, time -> sleepUntil(begin + time.toNanos()), recollection));
    }

    private static void sleepUntil(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
    }
}
