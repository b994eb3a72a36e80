package io.halcyon.host.doctor;

import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.lvs.VirtualServerStatus;
import io.halcyon.api.vrrp.RouterAddress;
import io.halcyon.api.vrrp.RouterStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the node says of itself when an examination begins. Immutable.
 *
 * @param events the last ones
 * @param objects what is configured, as it was last accepted
 */
record Situation(
        List<RouterStatus> routers,
        List<CheckStatus> checks,
        List<EventRecord> events,
        List<ConfiguredObject> objects,
        List<VirtualServerStatus> virtualServers) {

    /** Interfaces that routers speak on or have addresses on, each once. */
    List<String> interfaces() {
        return routers.stream()
                .flatMap(router -> Stream.concat(
                        Stream.of(router.networkInterface()),
                        router.addresses().stream().map(RouterAddress::dev)))
                .distinct()
                .toList();
    }

    /** Interfaces that routers speak on, each once. */
    List<String> spokenOn() {
        return routers.stream().map(RouterStatus::networkInterface).distinct().toList();
    }

    /** Those routers that have something to do with the interface. */
    List<RouterStatus> routersOn(String networkInterface) {
        return routers.stream()
                .filter(router -> router.networkInterface().equals(networkInterface)
                        || router.addresses().stream()
                                .anyMatch(address -> address.dev().equals(networkInterface)))
                .toList();
    }

    Optional<ConfiguredObject> configured(String pid, String name) {
        return objects.stream()
                .filter(object -> object.pid().equals(pid) && object.name().equals(name))
                .findFirst();
    }

    /** {@code VI_1, VI_2 on ens33}. */
    String namesOn(String networkInterface) {
        return String.join(
                        ", ",
                        routersOn(networkInterface).stream()
                                .map(RouterStatus::name)
                                .toList())
                + " on " + networkInterface;
    }
}
