package io.halcyon.link.netlink;

import io.halcyon.api.net.MacAddress;
import io.halcyon.linux.netlink.KernelAddress;
import io.halcyon.linux.netlink.KernelLink;
import io.halcyon.linux.netlink.RouteEvents;
import io.halcyon.spi.link.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What is known of the interfaces, and the difference that news makes. Guarded by the monitor's lock.
 *
 * <p>A message about a link says everything about it and is taken as it is. A message about an address does not tell its
 * place among the others, so it only asks for a new reading of them all.
 *
 * <p>Addresses that Halcyon added are not told of: nobody asks for them, and a thousand come and go with each takeover.
 */
final class Links implements RouteEvents.Listener {

    /** Hears of differences. */
    interface Changes {
        void changed(Link link);

        void gone(String name, int index);
    }

    private final Changes changes;
    private final Predicate<String> promoteSecondaries;
    private final Map<Integer, KernelLink> links = new TreeMap<>();
    private final Map<Integer, List<Link.Address>> addresses = new TreeMap<>();
    private final Map<Integer, Link> told = new TreeMap<>();
    private long overruns;
    private boolean linksStale = true;
    private boolean addressesStale = true;

    Links(Changes changes, Predicate<String> promoteSecondaries) {
        this.changes = changes;
        this.promoteSecondaries = promoteSecondaries;
    }

    long overruns() {
        return overruns;
    }

    List<Link> all() {
        return List.copyOf(told.values());
    }

    boolean linksStale() {
        return linksStale;
    }

    boolean addressesStale() {
        return addressesStale;
    }

    @Override
    public void onLink(KernelLink link) {
        links.put(link.index(), link);
        tell(link);
    }

    @Override
    public void onLinkGone(KernelLink link) {
        forget(link.index());
    }

    @Override
    public void onAddress(KernelAddress address) {
        if (ours(address)) {
            return;
        }
        // A renewed lease changes nothing here.
        List<Link.Address> known = addresses.getOrDefault(address.index(), List.of());
        addressesStale |= known.contains(view(address)) != address.usable();
    }

    @Override
    public void onAddressGone(KernelAddress address) {
        addressesStale |= !ours(address);
    }

    @Override
    public void onOverrun() {
        overruns++;
        linksStale = true;
        addressesStale = true;
    }

    /** Takes a reading of all interfaces. */
    void readLinks(List<KernelLink> found) {
        linksStale = false;
        List<Integer> missing = new ArrayList<>(links.keySet());
        for (KernelLink link : found) {
            missing.remove((Integer) link.index());
        }
        missing.forEach(this::forget);
        found.forEach(this::onLink);
    }

    /** Takes a reading of all addresses, in the kernel's order: primary ones first. */
    void readAddresses(List<KernelAddress> found) {
        addressesStale = false;
        addresses.clear();
        for (KernelAddress address : found) {
            if (address.usable() && !ours(address)) {
                addresses
                        .computeIfAbsent(address.index(), index -> new ArrayList<>())
                        .add(view(address));
            }
        }
        tellAll();
    }

    /** Looks again at what no message tells (the sysctl). */
    void tellAll() {
        links.values().forEach(this::tell);
    }

    private void tell(KernelLink kernel) {
        Link link = new Link(
                kernel.name(),
                kernel.index(),
                new MacAddress(kernel.mac()),
                kernel.has(KernelLink.UP),
                kernel.carrier(),
                kernel.mtu(),
                promoteSecondaries.test(kernel.name()),
                addresses.getOrDefault(kernel.index(), List.of()));
        Link before = told.get(link.index());
        if (link.equals(before)) {
            return;
        }
        if (before != null && !before.name().equals(link.name())) {
            changes.gone(before.name(), before.index());
        }
        told.put(link.index(), link);
        changes.changed(link);
    }

    private void forget(int index) {
        links.remove(index);
        addresses.remove(index);
        Link before = told.remove(index);
        if (before != null) {
            changes.gone(before.name(), index);
        }
    }

    private static boolean ours(KernelAddress address) {
        return address.protocol() == KernelAddress.HALCYON;
    }

    private static Link.Address view(KernelAddress address) {
        return new Link.Address(address.address(), address.prefixLength(), address.permanent(), ours(address));
    }
}
