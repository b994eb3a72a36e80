package io.halcyon.vip.netlink;

import io.halcyon.api.net.VirtualAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every address that some account wants. Belongs to thread {@code vip-netlink}. */
final class Wanted {

    private final Set<Account> accounts = new LinkedHashSet<>();
    private final Map<InetAddress, List<Held>> byAddress = new HashMap<>();

    Collection<Account> accounts() {
        return accounts;
    }

    List<Held> all() {
        List<Held> all = new ArrayList<>();
        accounts.forEach(account -> all.addAll(account.held.values()));
        return all;
    }

    /** Those that want this address, on whatever interface; seldom more than one. */
    List<Held> of(InetAddress address) {
        return byAddress.getOrDefault(address, List.of());
    }

    boolean contains(Held held) {
        return held.wanted;
    }

    /**
     * Makes these the addresses of an account. What it wanted before and still wants keeps its state.
     *
     * @return what it does not want any more
     */
    List<Held> replace(Account account, Collection<VirtualAddress> addresses) {
        accounts.add(account);
        Map<VirtualAddress, Held> before = new HashMap<>(account.held);
        List<Held> gone = new ArrayList<>(account.held.values());
        account.held.clear();
        for (VirtualAddress address : addresses) {
            Held held = before.get(address);
            if (held == null) {
                held = new Held(account, address);
                byAddress
                        .computeIfAbsent(address.address(), key -> new ArrayList<>(1))
                        .add(held);
            }
            account.held.put(address, held);
        }
        gone.removeIf(held -> account.held.get(held.address) == held);
        gone.forEach(this::unindex);
        return gone;
    }

    @Nullable
    Held remove(Account account, VirtualAddress address) {
        Held held = account.held.remove(address);
        if (held != null) {
            unindex(held);
        }
        return held;
    }

    void remove(Account account) {
        replace(account, List.of());
        accounts.remove(account);
    }

    private void unindex(Held held) {
        held.wanted = false;
        List<Held> same = byAddress.get(held.address.address());
        if (same != null && same.remove(held) && same.isEmpty()) {
            byAddress.remove(held.address.address());
        }
    }
}
