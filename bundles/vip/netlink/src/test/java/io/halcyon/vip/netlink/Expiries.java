package io.halcyon.vip.netlink;

import io.halcyon.linux.netlink.KernelAddress;
import io.halcyon.linux.netlink.KernelLink;
import io.halcyon.linux.netlink.RouteEvents;
import java.util.HashMap;
import java.util.Map;

/** When addresses went. */
final class Expiries implements RouteEvents.Listener {

    final Map<String, Long> gone = new HashMap<>();

    @Override
    public void onAddressGone(KernelAddress address) {
        gone.put(address.address().getHostAddress(), System.nanoTime());
    }

    @Override
    public void onLink(KernelLink link) {}

    @Override
    public void onLinkGone(KernelLink link) {}

    @Override
    public void onAddress(KernelAddress address) {}

    @Override
    public void onOverrun() {}
}
