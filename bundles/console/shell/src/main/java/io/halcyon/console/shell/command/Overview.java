package io.halcyon.console.shell.command;

import io.halcyon.api.check.CheckService;
import io.halcyon.api.check.CheckStatus;
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
 * @param warnings of all routers and checks, each with the object's name in front, and engines that are missing
 */
record Overview(
        String node,
        List<RouterStatus> routers,
        List<AddressStatus> addresses,
        List<CheckStatus> checks,
        List<NotifierStatus> notifiers,
        List<String> warnings) {

    static Overview of(Services services) {
        List<RouterStatus> routers =
                services.find(RouterService.class).map(RouterService::routers).orElse(List.of());
        List<CheckStatus> checks =
                services.find(CheckService.class).map(CheckService::checks).orElse(List.of());
        List<String> warnings = new ArrayList<>();
        routers.forEach(router -> router.warnings().forEach(text -> warnings.add(router.name() + ": " + text)));
        checks.forEach(check -> check.warnings().forEach(text -> warnings.add(check.name() + ": " + text)));
        warnings.addAll(services.missing());
        return new Overview(
                services.node().map(Node::routerId).orElse(""),
                routers,
                services.knownAddresses(),
                checks,
                services.find(NotifyService.class).map(NotifyService::notifiers).orElse(List.of()),
                warnings);
    }

    String text(Instant now, int columns) {
        return "node " + Words.orDash(node) + "\n\n"
                + RouterText.list(routers, now, columns)
                + "\n"
                + AddressText.list(addresses, columns)
                + "\n"
                + CheckText.list(checks, now, columns)
                + "\n"
                + NotifyText.list(notifiers, now, columns)
                + Words.section("warnings", warnings, columns);
    }
}
