package io.halcyon.notify.snmp;

import io.halcyon.api.event.EventRecord;
import io.halcyon.api.vrrp.RouterStatus;
import io.halcyon.spi.notify.DeliveryException;
import io.halcyon.spi.notify.Notifier;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends traps or informs. The thread that delivers owns it. */
final class SnmpNotifier implements Notifier {

    private final SnmpSettings settings;
    private final LocalEngine engine;
    private final Function<String, Optional<RouterStatus>> routers;

    /** Made with the first event, so that its classes are loaded then and not before. */
    private @Nullable Outlet outlet;

    SnmpNotifier(SnmpSettings settings, LocalEngine engine, Function<String, Optional<RouterStatus>> routers) {
        this.settings = settings;
        this.engine = engine;
        this.routers = routers;
    }

    @Override
    public void deliver(EventRecord event) throws DeliveryException, InterruptedException {
        var made = outlet;
        if (made == null) {
            made = new Outlet(settings, engine, routers);
            outlet = made;
        }
        made.send(event);
    }
}
