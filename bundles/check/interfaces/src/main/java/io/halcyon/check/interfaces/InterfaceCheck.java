package io.halcyon.check.interfaces;

import io.halcyon.linux.netlink.KernelAddress;
import io.halcyon.linux.netlink.KernelLink;
import io.halcyon.linux.netlink.RouteRequests;
import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks the kernel about interfaces, in the network namespace of the calling thread. Without state between runs. */
final class InterfaceCheck implements BlockingCheck {

    private final List<String> names;
    private final int quorum;
    private final Demand demand;

    InterfaceCheck(List<String> names, int quorum, Demand demand) {
        this.names = List.copyOf(names);
        this.quorum = quorum;
        this.demand = demand;
    }

    @Override
    public CheckResult look(long timeoutMillis) {
        try (var kernel = RouteRequests.open()) {
            var links = kernel.links().stream()
                    .collect(Collectors.toMap(KernelLink::name, link -> link, (first, second) -> first));
            return judge(links, demand.asksForAddresses() ? kernel.addresses() : List.of());
        } catch (IOException e) {
            return CheckResult.unknown("the kernel cannot be asked: " + e.getMessage());
        }
    }

    private CheckResult judge(Map<String, KernelLink> links, List<KernelAddress> addresses) throws IOException {
        var details = new LinkedHashMap<String, String>();
        var faults = new ArrayList<String>();
        for (var name : names) {
            var fault = demand.faultOf(links.get(name), addresses);
            details.put(name, fault == null ? "fine" : fault);
            if (fault != null) {
                faults.add(name + " " + fault);
            }
        }
        int fine = names.size() - faults.size();
        var result = fine >= quorum ? CheckResult.up(words(fine, faults)) : CheckResult.down(words(fine, faults));
        return result.withDetails(details);
    }

    private String words(int fine, List<String> faults) {
        if (names.size() == 1) {
            return faults.isEmpty() ? names.get(0) + " is fine" : faults.get(0);
        }
        var all = fine + " of " + names.size() + " interfaces are fine (quorum " + quorum + ")";
        return faults.isEmpty() ? all : all + ": " + String.join(", ", faults);
    }
}
