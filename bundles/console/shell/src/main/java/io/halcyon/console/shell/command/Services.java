package io.halcyon.console.shell.command;

import io.halcyon.api.check.CheckService;
import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.check.CheckType;
import io.halcyon.api.doctor.Doctor;
import io.halcyon.api.event.EventLog;
import io.halcyon.api.lvs.RealServerStatus;
import io.halcyon.api.lvs.VirtualServerService;
import io.halcyon.api.lvs.VirtualServerStatus;
import io.halcyon.api.node.Node;
import io.halcyon.api.notify.NotifierStatus;
import io.halcyon.api.notify.NotifyService;
import io.halcyon.api.vip.AddressService;
import io.halcyon.api.vip.AddressStatus;
import io.halcyon.api.vrrp.RouterService;
import io.halcyon.api.vrrp.RouterStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;

/**
 * Finds the services that commands read.
 *
 * <p>Looked up at each use: a command whose service were injected would vanish together with its engine, and
 * "command not found" tells nobody which feature is missing.
 */
record Services(BundleContext bundles) {

    private static final Map<Class<?>, String> ENGINES = Map.of(
            RouterService.class, absent("virtual routers", "halcyon-vrrp"),
            AddressService.class, absent("virtual addresses", "halcyon-vip-netlink"),
            CheckService.class, absent("checks", "halcyon-check"),
            NotifyService.class, absent("notifiers", "halcyon-notify"),
            EventLog.class, absent("events", "halcyon-notify"));

    /** Many nodes have none. */
    private static final String NO_VIRTUAL_SERVERS =
            absent("virtual servers", "halcyon-lvs") + "; to install it: feature:install halcyon-lvs";

    /** Of those that are known, in a message. */
    private static final int MOST_NAMES = 20;

    RouterService routers() {
        return required(RouterService.class);
    }

    /** Addresses of all VIP managers. */
    List<AddressStatus> addresses() {
        required(AddressService.class);
        return knownAddresses();
    }

    /** The same, or none where there is no VIP manager. */
    List<AddressStatus> knownAddresses() {
        return all(AddressService.class).stream()
                .flatMap(service -> service.addresses().stream())
                .toList();
    }

    /** Everybody who examines this host. */
    List<Doctor> doctors() {
        List<Doctor> doctors = all(Doctor.class);
        if (doctors.isEmpty()) {
            throw new IllegalStateException(absent("what breaks VRRP", "halcyon-host-doctor"));
        }
        return doctors;
    }

    private <S> List<S> all(Class<S> type) {
        try {
            return bundles.getServiceReferences(type, null).stream()
                    .sorted(Comparator.reverseOrder())
                    .map(bundles::getService)
                    .filter(Objects::nonNull)
                    .toList();
        } catch (InvalidSyntaxException e) {
            throw new AssertionError("there is no filter", e);
        }
    }

    CheckService checks() {
        return required(CheckService.class);
    }

    NotifyService notifiers() {
        return required(NotifyService.class);
    }

    EventLog events() {
        return required(EventLog.class);
    }

    VirtualServerService virtualServers() {
        return find(VirtualServerService.class).orElseThrow(() -> new IllegalStateException(NO_VIRTUAL_SERVERS));
    }

    VirtualServerStatus virtualServer(String name) {
        VirtualServerService service = virtualServers();
        return service.virtualServer(name)
                .orElseThrow(() -> unknown(
                        "virtual server",
                        name,
                        service.virtualServers().stream()
                                .map(VirtualServerStatus::name)
                                .toList()));
    }

    /** The real server of that name: more than one if it is a host with several addresses. */
    List<RealServerStatus> realServers(String name, String realServer) {
        List<RealServerStatus> all = virtualServer(name).realServers();
        List<RealServerStatus> found =
                all.stream().filter(server -> server.name().equals(realServer)).toList();
        if (found.isEmpty()) {
            throw unknown(
                    "real server",
                    realServer + " of " + name,
                    all.stream().map(RealServerStatus::name).distinct().toList());
        }
        return found;
    }

    RouterStatus router(String name) {
        return routers()
                .router(name)
                .orElseThrow(() -> unknown(
                        "router",
                        name,
                        routers().routers().stream().map(RouterStatus::name).toList()));
    }

    CheckStatus check(String name) {
        return checks().check(name)
                .orElseThrow(() -> unknown(
                        "check",
                        name,
                        checks().checks().stream().map(CheckStatus::name).toList()));
    }

    /** A type of check, with all its keys or the one that is named. */
    CheckType checkType(String name, String key) {
        List<CheckType> all = checks().types();
        CheckType type = all.stream()
                .filter(installed -> installed.type().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        unknown("type", name, all.stream().map(CheckType::type).toList()));
        if (key.isEmpty()) {
            return type;
        }
        List<CheckType.Parameter> keys = Stream.concat(type.parameters().stream(), checks().commonKeys().stream())
                .toList();
        List<CheckType.Parameter> found =
                keys.stream().filter(each -> each.key().equals(key)).toList();
        if (found.isEmpty()) {
            throw unknown(
                    "key", key, keys.stream().map(CheckType.Parameter::key).toList());
        }
        return new CheckType(type.type(), type.description(), type.bundle(), found);
    }

    NotifierStatus notifier(String name) {
        List<NotifierStatus> all = notifiers().notifiers();
        return all.stream()
                .filter(notifier -> notifier.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(
                        "notifier", name, all.stream().map(NotifierStatus::name).toList()));
    }

    Optional<Node> node() {
        return find(Node.class);
    }

    <S> Optional<S> find(Class<S> type) {
        return Optional.ofNullable(bundles.getServiceReference(type)).map(bundles::getService);
    }

    static IllegalArgumentException unknown(String kind, String name, List<String> known) {
        String there = String.join(", ", known.subList(0, Math.min(MOST_NAMES, known.size())));
        int more = known.size() - MOST_NAMES;
        return new IllegalArgumentException("there is no " + kind + " " + name
                + (known.isEmpty() ? "" : "; there is " + there)
                + (more > 0 ? " and " + more + " more" : ""));
    }

    /** A sentence for each engine that is not there. */
    List<String> missing() {
        return ENGINES.entrySet().stream()
                .filter(engine -> find(engine.getKey()).isEmpty())
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
    }

    private <S> S required(Class<S> type) {
        return find(type).orElseThrow(() -> new IllegalStateException(ENGINES.get(type)));
    }

    private static String absent(String what, String feature) {
        return "nobody knows of " + what + " here: feature " + feature + " is not installed or not running";
    }
}
