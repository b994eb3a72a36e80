package io.halcyon.vip.exec;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventSink;
import io.halcyon.api.vip.AddressService;
import io.halcyon.api.vip.AddressStatus;
import io.halcyon.linux.Clock;
import io.halcyon.settings.Family;
import io.halcyon.settings.Refusal;
import io.halcyon.spi.vip.VipManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedServiceFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a VIP manager of each {@code etc/io.halcyon.vip-NAME.cfg} and registers it as a service. Thread-safe. */
@Component(
        service = {ManagedServiceFactory.class, AddressService.class},
        property = "service.pid=" + VipKeys.PID,
        immediate = true)
public final class ExecVipManagers implements ManagedServiceFactory, AddressService {

    private record Registered(ExecVipManager manager, ServiceRegistration<VipManager> registration) {}

    private static final Logger LOG = LoggerFactory.getLogger(VipKeys.PID);

    private final BundleContext bundles;
    private final ConfigurationAdmin configurations;
    private final Path data = Path.of(System.getProperty("karaf.data", "data"));
    private final Map<String, Registered> managers = new ConcurrentSkipListMap<>();
    private final ScheduledExecutorService timer;
    private final Family<ExecSettings> family;
    private volatile @Nullable EventSink sink;

    @Activate
    public ExecVipManagers(BundleContext bundles, @Reference ConfigurationAdmin configurations) {
        this.bundles = bundles;
        this.configurations = configurations;
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "vip-config");
            thread.setDaemon(true);
            return thread;
        });
        family = new Family<>(
                VipKeys.PID,
                data.resolve("accepted"),
                timer,
                new SettingsParser(),
                new Objects(),
                new Notices(this::publish));
    }

    @Deactivate
    void deactivate() {
        family.close();
        timer.shutdownNow();
        List.copyOf(managers.keySet()).forEach(this::remove);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setSink(EventSink next) {
        sink = next;
    }

    void unsetSink(EventSink gone) {
        if (sink == gone) {
            sink = null;
        }
    }

    private void publish(Event event) {
        EventSink now = sink;
        if (now != null) {
            now.publish(event, List.of());
        }
    }

    @Override
    public String getName() {
        return "Halcyon VIP managers";
    }

    @Override
    public void updated(String pid, Dictionary<String, ?> properties) throws ConfigurationException {
        try {
            if (family.updated(pid, FrameworkUtil.asMap(properties)) == Family.Outcome.GHOST) {
                configurations.getConfiguration(pid, null).delete();
            }
        } catch (Refusal refusal) {
            throw new ConfigurationException(refusal.key(), refusal.getMessage(), refusal);
        } catch (IOException e) {
            LOG.warn("{}: its file is gone, but ConfigAdmin keeps it: {}", pid, e.getMessage());
        }
    }

    @Override
    public void deleted(String pid) {
        family.deleted(pid);
    }

    @Override
    public List<AddressStatus> addresses() {
        return managers.values().stream()
                .flatMap(registered -> registered.manager().addresses().stream())
                .toList();
    }

    private void register(String name, ExecSettings settings) {
        ExecVipManager manager = new ExecVipManager(name, settings, data.resolve("run"), Clock::boottimeNanos);
        ServiceRegistration<VipManager> registration = bundles.registerService(
                VipManager.class, manager, FrameworkUtil.asDictionary(Map.of("halcyon.vip", name)));
        managers.put(name, new Registered(manager, registration));
    }

    /** Its routers hand over while it is being unregistered; then it releases what they let go. */
    private void remove(String name) {
        Registered gone = managers.remove(name);
        if (gone != null) {
            gone.registration().unregister();
            gone.manager().close();
        }
    }

    private final class Objects implements Family.Objects<ExecSettings> {

        @Override
        public void apply(String name, ExecSettings settings) {
            Registered running = managers.get(name);
            if (running == null) {
                register(name, settings);
            } else {
                running.manager().change(settings);
            }
        }

        @Override
        public void remove(String name) {
            ExecVipManagers.this.remove(name);
        }
    }
}
