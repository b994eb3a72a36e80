package io.halcyon.console.shell.command;

import io.halcyon.api.check.CheckService;
import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.check.Health;
import io.halcyon.api.lvs.VirtualServerService;
import io.halcyon.api.lvs.VirtualServerStatus;
import io.halcyon.api.node.Node;
import io.halcyon.api.notify.NotifierStatus;
import io.halcyon.api.notify.NotifyService;
import io.halcyon.api.vip.AddressStatus;
import io.halcyon.api.vrrp.RouterService;
import io.halcyon.api.vrrp.RouterStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole node at one moment; what {@code ha:status -o json} prints.
 *
 * @param warnings of all routers, checks and virtual servers, each with the object's name in front, virtual servers without a
 *     quorum, and engines that are missing
 */
record Overview(
        String node,
        List<RouterStatus> routers,
        List<AddressStatus> addresses,
        List<CheckStatus> checks,
        List<VirtualServerStatus> virtualServers,
        List<NotifierStatus> notifiers,
        List<String> warnings) {

    static Overview of(Services services) {
        List<RouterStatus> routers =
                services.find(RouterService.class).map(RouterService::routers).orElse(List.of());
        List<CheckStatus> checks =
                services.find(CheckService.class).map(CheckService::checks).orElse(List.of());
        List<VirtualServerStatus> virtualServers = services.find(VirtualServerService.class)
                .map(VirtualServerService::virtualServers)
                .orElse(List.of());
        List<String> warnings = new ArrayList<>();
        routers.forEach(router -> router.warnings().forEach(text -> warnings.add(router.name() + ": " + text)));
        checks.forEach(check -> check.warnings().forEach(text -> warnings.add(check.name() + ": " + text)));
        virtualServers.forEach(server -> warnings(server, warnings));
        warnings.addAll(services.missing());
        return new Overview(
                services.node().map(Node::routerId).orElse(""),
                routers,
                services.knownAddresses(),
                checks,
                virtualServers,
                services.find(NotifyService.class).map(NotifyService::notifiers).orElse(List.of()),
                warnings);
    }

    private static void warnings(VirtualServerStatus server, List<String> warnings) {
        if (server.health() == Health.DOWN) {
            warnings.add(server.name() + ": no quorum, weight " + server.weight() + " of " + server.quorum() + ", "
                    + server.reason() + (server.sorry() ? "; the sorry server serves" : ""));
        }
        server.warnings().forEach(text -> warnings.add(server.name() + ": " + text));
    }

    String text(Instant now, int columns) {
        return "node " + Words.orDash(node) + "\n\n"
                + RouterText.list(routers, now, columns)
                + "\n"
                + AddressText.list(addresses, columns)
                + "\n"
                + CheckText.list(checks, now, columns)
                + "\n"
                // Most nodes have none.
                + (virtualServers.isEmpty() ? "" : VirtualServerText.brief(virtualServers, now, columns) + "\n")
                + NotifyText.list(notifiers, now, columns)
                + Words.section("warnings", warnings, columns);
    }
}
