package io.halcyon.notify.snmp;

import io.halcyon.api.vrrp.RouterService;
import io.halcyon.api.vrrp.RouterStatus;
import io.halcyon.spi.notify.Notifier;
import io.halcyon.spi.notify.NotifierFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Makes notifiers of the type {@code snmp}. */
@Component(service = NotifierFactory.class)
public final class SnmpNotifierFactory implements NotifierFactory<SnmpKeys> {

    private final LocalEngine engine;

    // Needed for rfc.mib alone; where there are no routers, there is no new master to tell of.
    private volatile @Nullable RouterService routers;

    @Activate
    public SnmpNotifierFactory() {
        this(Path.of(System.getProperty("karaf.data", "data"), "snmp", "boots"));
    }

    SnmpNotifierFactory(Path boots) {
        engine = new LocalEngine(boots, Clock.systemUTC());
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setRouters(RouterService service) {
        routers = service;
    }

    void unsetRouters(RouterService service) {
        if (routers == service) {
            routers = null;
        }
    }

    @Override
    public String type() {
        return "snmp";
    }

    @Override
    public Class<SnmpKeys> parameters() {
        return SnmpKeys.class;
    }

    @Override
    public Notifier create(String name, SnmpKeys keys) {
        return new SnmpNotifier(SettingsKeys.read(keys), engine, this::router);
    }

    private Optional<RouterStatus> router(String name) {
        var service = routers;
        return service == null ? Optional.empty() : service.router(name);
    }
}
