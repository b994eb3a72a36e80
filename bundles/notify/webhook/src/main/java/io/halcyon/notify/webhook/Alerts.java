package io.halcyon.notify.webhook;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.event.Severity;
import io.halcyon.api.vrrp.RouterState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which alerts an event raises and which it ends. Immutable.
 *
 * <p>A state ends what its opposites raised, whether that was told or not: who was down when it was told has nothing left over.
 */
final class Alerts {

    private static final String ROUTER_FAULT = "HalcyonRouterFault";
    private static final String GROUP_FAULT = "HalcyonGroupFault";
    private static final String REFUSED = "HalcyonConfigurationRefused";
    private static final String MAINTENANCE = "HalcyonMaintenance";
    private static final Map<Health, String> CHECKS = Map.of(
            Health.DOWN, "HalcyonCheckDown",
            Health.DEGRADED, "HalcyonCheckDegraded",
            Health.UNKNOWN, "HalcyonCheckUnknown");

    /** An end in what Alertmanager's clock holds for the future is none, so it lies a little back. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(5);

    private final Duration lasting;
    private final Duration passing;
    private final Clock clock;

    /**
     * @param lasting how long an alert lasts that nothing ends
     * @param passing how long one lasts whose end nobody sees
     */
    Alerts(Duration lasting, Duration passing, Clock clock) {
        this.lasting = lasting;
        this.passing = passing;
        this.clock = clock;
    }

    /** Empty for an event that is nothing to be alarmed about. */
    List<Alert> of(EventRecord record) {
        if (record.event() instanceof Event.Digest digest) {
            var last = new LinkedHashMap<Map<String, String>, Alert>();
            for (var one : digest.events()) {
                of(one).forEach(alert -> last.put(alert.labels(), alert));
            }
            return List.copyOf(last.values());
        }
        return new One(record).alerts();
    }

    /** Alerts of one event. */
    private final class One {

        private final EventRecord record;
        private final Event event;
        private final List<Alert> alerts = new ArrayList<>();

        One(EventRecord record) {
            this.record = record;
            this.event = record.event();
        }

        List<Alert> alerts() {
            if (event instanceof Event.RouterTransition transition) {
                onFault(ROUTER_FAULT, transition.to());
            } else if (event instanceof Event.GroupTransition transition) {
                onFault(GROUP_FAULT, transition.to());
            } else if (event instanceof Event.VerdictChange verdict) {
                onVerdict(verdict.to());
            } else if (event instanceof Event.RealServerChange server) {
                onServer("HalcyonRealServerDown", server.to(), servers(server));
            } else if (event instanceof Event.VirtualServerChange server) {
                onServer("HalcyonQuorumLost", server.to(), Map.of("virtual_server", server.virtualServer()));
            } else if (event instanceof Event.ConfigurationChange change) {
                onConfiguration(change);
            } else if (event instanceof Event.Maintenance maintenance) {
                onMaintenance(maintenance);
            } else {
                onOccurrence();
            }
            return List.copyOf(alerts);
        }

        private void onFault(String name, RouterState to) {
            if (to == RouterState.FAULT) {
                raise(name, Severity.CRITICAL, lasting, Map.of());
            } else {
                end(name, event.object(), Severity.CRITICAL, Map.of());
            }
        }

        private void onVerdict(Health to) {
            CHECKS.forEach((health, name) -> {
                var severity = health == Health.DOWN ? Severity.CRITICAL : Severity.WARNING;
                if (health == to) {
                    raise(name, severity, lasting, Map.of());
                } else {
                    end(name, event.object(), severity, Map.of());
                }
            });
        }

        private void onServer(String name, Health to, Map<String, String> more) {
            if (to == Health.DOWN) {
                raise(name, Severity.CRITICAL, lasting, more);
            } else {
                end(name, event.object(), Severity.CRITICAL, more);
            }
        }

        private void onConfiguration(Event.ConfigurationChange change) {
            if (change.severity() != Severity.INFO) {
                raise(REFUSED, change.severity(), lasting, Map.of());
                return;
            }
            endAll(REFUSED, event.object(), Map.of());
            // What was refused is known by its file, what is accepted by its name, with the file as the last word.
            var lastWord = change.text().substring(change.text().lastIndexOf(' ') + 1);
            if (lastWord.contains("/") && !lastWord.equals(event.object())) {
                endAll(REFUSED, lastWord, Map.of());
            }
        }

        private void onMaintenance(Event.Maintenance maintenance) {
            if (maintenance.begins()) {
                raise(MAINTENANCE, maintenance.severity(), lasting, Map.of());
            } else {
                endAll(MAINTENANCE, event.object(), Map.of());
            }
        }

        private void onOccurrence() {
            if (event instanceof Event.LowerPriorityHeard rival) {
                occurred("HalcyonRivalMaster", Map.of("source", rival.source()));
            } else if (event instanceof Event.AddressTrouble trouble) {
                onAddress("HalcyonAddressTrouble", trouble.address());
            } else if (event instanceof Event.LeaseTrouble trouble) {
                onAddress("HalcyonLeaseTrouble", trouble.address());
            } else if (event instanceof Event.AddressConflict conflict) {
                onAddress("HalcyonAddressConflict", conflict.address());
            } else if (event instanceof Event.Stall) {
                occurred("HalcyonStall", Map.of());
            } else if (event instanceof Event.NodeStart start && !start.clean()) {
                occurred("HalcyonUncleanStart", Map.of());
            } else if (event instanceof Event.Trial) {
                occurred("HalcyonTrial", Map.of());
            }
        }

        private void onAddress(String name, String address) {
            Map<String, String> more = address.isEmpty() ? Map.of() : Map.of("address", address);
            if (event.severity() == Severity.INFO) {
                endAll(name, event.object(), more);
            } else {
                occurred(name, more);
            }
        }

        private void occurred(String name, Map<String, String> more) {
            raise(name, event.severity(), passing, more);
        }

        private void raise(String name, Severity severity, Duration lasts, Map<String, String> more) {
            // From now on, not from then: told late, it is still told.
            Instant endsAt = clock.instant().plus(lasts);
            alerts.add(new Alert(labels(name, event.object(), severity, more), annotations(), record.at(), endsAt));
        }

        private void endAll(String name, String object, Map<String, String> more) {
            Arrays.stream(Severity.values()).forEach(severity -> end(name, object, severity, more));
        }

        private void end(String name, String object, Severity severity, Map<String, String> more) {
            alerts.add(new Alert(
                    labels(name, object, severity, more),
                    annotations(),
                    null,
                    record.at().minus(CLOCKS_DIFFER)));
        }

        private Map<String, String> labels(String name, String object, Severity severity, Map<String, String> more) {
            var labels = new LinkedHashMap<>(more);
            labels.put("alertname", name);
            labels.put("object", object);
            labels.put("node", record.node());
            labels.put("severity", Words.of(severity));
            return labels;
        }

        private Map<String, String> annotations() {
            var annotations = new LinkedHashMap<String, String>();
            annotations.put("summary", Words.summary(record));
            annotations.put("event", String.valueOf(record.id()));
            if (!record.causes().isEmpty()) {
                annotations.put("causes", Words.causes(record));
            }
            return annotations;
        }
    }

    private static Map<String, String> servers(Event.RealServerChange server) {
        return Map.of("virtual_server", server.virtualServer(), "real_server", server.realServer());
    }
}
