package io.halcyon.vip.netlink;

import io.halcyon.api.vip.AddressService;
import io.halcyon.api.vip.AddressStatus;
import io.halcyon.linux.Clock;
import io.halcyon.linux.netlink.RouteEvents;
import io.halcyon.linux.netlink.RouteRequests;
import io.halcyon.spi.vip.AddressSet;
import io.halcyon.spi.vip.VipListener;
import io.halcyon.spi.vip.VipManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Virtual addresses through rtnetlink. Calls leave orders; thread {@code vip-netlink} carries them out.
 *
 * <p>Deactivation removes nothing: who holds addresses holds them again when the bundle is back, and they are adopted.
 */
@Component(service = {VipManager.class, AddressService.class})
public final class NetlinkVipManager implements VipManager, AddressService {

    private static final Logger LOG = LoggerFactory.getLogger(NetlinkVipManager.class);
    private static final int STOP_MILLIS = 2_000;
    private static final int ANSWER_MILLIS = 2_000;

    private final Silencer silencer = new Silencer();
    private final Keeper keeper;
    private final Thread thread;

    @Activate
    public NetlinkVipManager() throws IOException {
        this(
                Ownership.of(
                        System.getProperty("os.version", "0"), Path.of(System.getProperty("karaf.data", "."), "run")),
                Clock::boottimeNanos,
                RouteEvents.RECEIVE_BUFFER_BYTES);
    }

    NetlinkVipManager(Ownership ownership, LongSupplier boottime, int receiveBufferBytes) throws IOException {
        RouteEvents events = RouteEvents.open(receiveBufferBytes);
        try {
            keeper = new Keeper(events, new Kernel(unheardBy(events), ownership), boottime);
        } catch (IOException e) {
            events.close();
            throw e;
        }
        thread = new Thread(keeper, "vip-netlink");
        thread.setDaemon(true);
        thread.start();
        silencer.start();
    }

    /** Requests of ours whose echo the events leave out. */
    private static RouteRequests unheardBy(RouteEvents events) throws IOException {
        RouteRequests requests = RouteRequests.open();
        try {
            events.ignore(requests);
        } catch (IOException e) {
            requests.close();
            throw e;
        }
        return requests;
    }

    @Override
    public String name() {
        return "netlink";
    }

    @Override
    public AddressSet open(String owner, String defaultInterface, VipListener listener) {
        return new Account(owner, defaultInterface, listener, keeper::post, silencer.open());
    }

    @Override
    public boolean neverBlocks() {
        return true;
    }

    @Override
    public List<String> limits() {
        String limit = silencer.limit();
        return limit.isEmpty() ? List.of() : List.of(limit);
    }

    @Override
    public List<AddressStatus> addresses() {
        CompletableFuture<List<AddressStatus>> answer = new CompletableFuture<>();
        keeper.post(new Order.Show(answer));
        try {
            return answer.get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("vip-netlink does not say which addresses there are");
        }
        return List.of();
    }

    @Deactivate
    void close() throws InterruptedException {
        keeper.stop();
        thread.join(STOP_MILLIS);
        silencer.stop();
    }
}
