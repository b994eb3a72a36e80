package io.halcyon.lvs.ipvs;

import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;
import io.halcyon.linux.netlink.Attributes;
import io.halcyon.linux.netlink.GenericRequest;
import io.halcyon.linux.netlink.GenericRequests;
import io.halcyon.linux.netlink.Refused;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.SyncDaemon;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's IPVS, in the network namespace of the thread that connects. Not thread-safe: one owner at a time.
 *
 * <p>An {@link IOException} means that nothing is known any more: close it and connect again.
 */
final class Kernel implements AutoCloseable {

    private final GenericRequests requests;

    private Kernel(GenericRequests requests) {
        this.requests = requests;
    }

    /**
     * Connects, which makes the kernel load its module.
     *
     * @throws LinuxException with ENOENT if it has none
     */
    static Kernel connect() throws IOException {
        return new Kernel(GenericRequests.open(Ipvs.FAMILY));
    }

    /** Reads all services with their destinations. */
    List<FoundService> services() throws IOException {
        List<FoundService> services = requests.dump(
                plain(Ipvs.GET_SERVICE),
                (command, attributes) -> FoundService.read(attributes.nested(Ipvs.ATTR_SERVICE)));
        List<FoundService> whole = new ArrayList<>(services.size());
        for (FoundService service : services) {
            FoundService read = withDestinations(service);
            if (read != null) {
                whole.add(read);
            }
        }
        return whole;
    }

    /** Reads one service with its destinations; null if it is not there. */
    @Nullable
    FoundService service(ServiceKey key) throws IOException {
        try {
            List<FoundService> read = requests.get(
                    ofService(Ipvs.GET_SERVICE, key),
                    (command, attributes) -> FoundService.read(attributes.nested(Ipvs.ATTR_SERVICE)));
            return read.isEmpty() ? null : withDestinations(read.get(0));
        } catch (LinuxException e) {
            return orGone(e);
        }
    }

    private @Nullable FoundService withDestinations(FoundService service) throws IOException {
        try {
            List<Map.Entry<DestinationKey, FoundDestination>> read = requests.dump(
                    ofService(Ipvs.GET_DEST, service.key()),
                    (command, attributes) -> destination(attributes.nested(Ipvs.ATTR_DEST)));
            read.forEach(entry -> service.destinations().put(entry.getKey(), entry.getValue()));
            return service;
        } catch (LinuxException e) {
            return orGone(e);
        }
    }

    /** Null for one that we cannot name. */
    private static Map.@Nullable Entry<DestinationKey, FoundDestination> destination(Attributes attributes) {
        DestinationKey key = DestinationKey.read(attributes);
        return key == null ? null : Map.entry(key, FoundDestination.read(attributes));
    }

    private static @Nullable FoundService orGone(LinuxException e) throws LinuxException {
        if (e.errno() == Errno.ESRCH) {
            return null;
        }
        throw e;
    }

    /** Makes changes in order; one that fails does not stop the others. */
    List<Refused> apply(List<Change> changes) throws IOException {
        return requests.apply(changes.stream().map(Change::request).toList());
    }

    /** Seconds for which idle connections are known. */
    Timeouts timeouts() throws IOException {
        return requests.get(plain(Ipvs.GET_CONFIG), (command, attributes) -> Timeouts.read(attributes))
                .get(0);
    }

    void timeouts(Timeouts timeouts) throws IOException {
        carryOut(new GenericRequest(Ipvs.SET_CONFIG, Ipvs.VERSION, timeouts::write), "timeouts");
    }

    /** Synchronization daemons that run. */
    List<SyncDaemon> daemons() throws IOException {
        return requests.dump(
                plain(Ipvs.GET_DAEMON), (command, attributes) -> SyncDaemons.read(attributes.nested(Ipvs.ATTR_DAEMON)));
    }

    void start(SyncDaemon daemon) throws IOException {
        List<Refused> refused = requests.apply(List.of(SyncDaemons.start(daemon)));
        if (!refused.isEmpty()) {
            throw new IOException(Reasons.of(daemon, refused.get(0).errno()));
        }
    }

    void stop(SyncDaemon.Role role) throws IOException {
        carryOut(SyncDaemons.stop(role), "synchronization as " + role);
    }

    private void carryOut(GenericRequest request, String what) throws IOException {
        List<Refused> refused = requests.apply(List.of(request));
        if (!refused.isEmpty()) {
            throw new LinuxException(what, refused.get(0).errno());
        }
    }

    @Override
    public void close() {
        requests.close();
    }

    private static GenericRequest plain(int command) {
        return new GenericRequest(command, Ipvs.VERSION, attributes -> {});
    }

    private static GenericRequest ofService(int command, ServiceKey key) {
        return new GenericRequest(
                command,
                Ipvs.VERSION,
                attributes -> attributes.nested(Ipvs.ATTR_SERVICE, inner -> ServiceKeys.write(key, inner)));
    }
}
