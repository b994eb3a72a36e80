package io.halcyon.vip.netlink;

import io.halcyon.api.vip.AddressStatus;
import io.halcyon.linux.netlink.KernelAddress;
import io.halcyon.linux.netlink.KernelLink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists every address that is wanted or left over, as the kernel has it. Belongs to thread {@code vip-netlink}. */
final class Inventory {

    private static final long NEVER = -1;

    private final Kernel kernel;
    private final Wanted wanted;

    Inventory(Kernel kernel, Wanted wanted) {
        this.kernel = kernel;
        this.wanted = wanted;
    }

    List<AddressStatus> list() throws IOException {
        Map<KernelAddress.Key, KernelAddress> found = kernel.look();
        List<AddressStatus> list = new ArrayList<>();
        List<Account> accounts = new ArrayList<>(wanted.accounts());
        accounts.sort(Comparator.comparing(account -> account.owner));
        for (Account account : accounts) {
            for (Held held : account.held.values()) {
                list.add(status(held, found.get(held.identity())));
            }
        }
        wanted.all().forEach(held -> found.remove(held.identity()));
        list.addAll(leftOvers(found.values().stream().filter(kernel::ours).toList()));
        return list;
    }

    private static AddressStatus status(Held held, @Nullable KernelAddress there) {
        String state = there == null ? "missing" : held.in(Held.State.FOREIGN) ? "foreign" : "present";
        return new AddressStatus(
                held.address.cidr(),
                held.dev,
                held.account.owner,
                state,
                held.account.leaseSeconds,
                there == null ? 0 : expiresInMillis(there),
                held.note);
    }

    private List<AddressStatus> leftOvers(List<KernelAddress> found) throws IOException {
        if (found.isEmpty()) {
            return List.of();
        }
        Map<Integer, String> names = new HashMap<>();
        for (KernelLink link : kernel.requests().links()) {
            names.put(link.index(), link.name());
        }
        return found.stream()
                .map(address -> new AddressStatus(
                        address.address().getHostAddress() + "/" + address.prefixLength(),
                        names.getOrDefault(address.index(), "?"),
                        "",
                        "left-over",
                        0,
                        expiresInMillis(address),
                        "left over from a run that ended badly"))
                .sorted(Comparator.comparing(AddressStatus::dev).thenComparing(AddressStatus::cidr))
                .toList();
    }

    private static long expiresInMillis(KernelAddress address) {
        return address.permanent() ? NEVER : address.validSeconds() * 1_000;
    }
}
