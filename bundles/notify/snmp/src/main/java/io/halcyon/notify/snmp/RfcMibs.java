package io.halcyon.notify.snmp;

import io.halcyon.api.event.Event;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.api.vrrp.RouterStatus;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snmp4j.smi.IpAddress;

/** The notifications of the two VRRP MIBs of the IETF: this node is the new master. */
final class RfcMibs {

    private static final int OWNER = 255;

    private final String rfc;
    private final Function<String, Optional<RouterStatus>> routers;

    /**
     * @param rfc {@code none}, {@code 2787} or {@code 6527}
     * @param routers what is known of a router beyond the event
     */
    RfcMibs(String rfc, Function<String, Optional<RouterStatus>> routers) {
        this.rfc = rfc;
        this.routers = routers;
    }

    /** Null for everything but a new master of which interface, virtual router id and address are known. */
    @Nullable
    Notification of(Event event) {
        if (rfc.equals("none")
                || !(event instanceof Event.RouterTransition transition)
                || transition.to() != RouterState.MASTER) {
            return null;
        }
        var router = routers.apply(transition.object()).orElse(null);
        var source = router == null ? null : router.source();
        var address = source == null ? null : ServerName.literal(source);
        if (router == null || address == null) {
            return null;
        }
        int index = interfaceIndex(router.networkInterface());
        if (rfc.equals("6527")) {
            return version3(transition, index + "." + router.vrid(), address);
        }
        return address.getAddress().length == 4 ? version2(index + "." + router.vrid(), address) : null;
    }

    private static Notification version2(String row, InetAddress address) {
        return Notification.named(Oids.V2_NEW_MASTER).with(Oids.V2_MASTER_ADDRESS + "." + row, new IpAddress(address));
    }

    private static Notification version3(Event.RouterTransition event, String router, InetAddress address) {
        var row = "." + router + "." + KeepalivedMib.inetAddressType(address);
        return Notification.named(Oids.V3_NEW_MASTER)
                .bytes(Oids.V3_MASTER_ADDRESS + row, address.getAddress())
                .with(Oids.V3_NEW_MASTER_REASON + row, reason(event));
    }

    /** RFC 6527: priority 1, preempted 2, masterNoResponse 3. A master that was preempted was heard until then. */
    private static int reason(Event.RouterTransition event) {
        if (event.priority() == OWNER) {
            return 1;
        }
        return event.cause().contains(" advertises priority ") ? 2 : 3;
    }

    /** 0 for an interface that is gone. */
    private static int interfaceIndex(String name) {
        try {
            var networkInterface = NetworkInterface.getByName(name);
            return networkInterface == null ? 0 : networkInterface.getIndex();
        } catch (SocketException e) {
            return 0;
        }
    }
}
