package io.halcyon.lvs.nftables;

import io.halcyon.spi.dataplane.DataplaneListener;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Options;
import io.halcyon.spi.dataplane.ServiceFigures;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.ServiceTable;
import io.halcyon.spi.dataplane.SyncDaemon;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leaves orders to thread {@code lvs-nftables}, which takes all that wait at once. Thread-safe. */
final class NftablesTable implements ServiceTable {

    private static final Logger LOG = LoggerFactory.getLogger(NftablesTable.class);
    private static final int LOOK_MILLIS = 2_000;
    private static final int BUSY_MILLIS = 300;
    private static final int ANSWER_MILLIS = 2_000;
    private static final int CLOSE_MILLIS = 5_000;

    private final LinkedBlockingQueue<Order> orders = new LinkedBlockingQueue<>();
    private final DataplaneListener listener;
    private final Thread thread = new Thread(this::run, "lvs-nftables");

    NftablesTable(DataplaneListener listener) {
        this.listener = listener;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void put(Collection<Desired> services) {
        orders.add(new Order.Put(List.copyOf(services)));
    }

    @Override
    public void remove(Collection<ServiceKey> services) {
        orders.add(new Order.Remove(Set.copyOf(services)));
    }

    @Override
    public void settle() {
        orders.add(new Order.Settle());
    }

    @Override
    public void options(Options options) {
        orders.add(new Order.Adjust(options));
    }

    @Override
    public void synchronize(Set<SyncDaemon> daemons) {
        if (!daemons.isEmpty()) {
            listener.onTrouble(
                    "lvs.sync.daemon: nftables has none; conntrackd does that for connections that are tracked");
        }
    }

    @Override
    public List<ServiceFigures> figures() throws IOException {
        var answer = new CompletableFuture<List<ServiceFigures>>();
        orders.add(new Order.Ask(answer));
        try {
            return answer.get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException cause ? cause : new IOException(failed.getCause());
        } catch (TimeoutException late) {
            throw new IOException("no figures within two seconds: nft is busy, or the table is closed", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    @Override
    public void close() {
        orders.add(new Order.Close());
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (var keeper = new Keeper(listener)) {
            var waiting = new ArrayList<Order>();
            do {
                waiting.clear();
                var first = orders.poll(keeper.isBusy() ? BUSY_MILLIS : LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    waiting.add(first);
                    orders.drainTo(waiting);
                }
                try {
                    keeper.carryOut(waiting);
                } catch (RuntimeException | Error e) {
                    // Also where the host permits no more threads: no server that fails would ever be taken out.
                    LOG.error("lvs nftables: {}", e.getMessage(), e);
                }
            } while (waiting.stream().noneMatch(Order.Close.class::isInstance));
        } catch (InterruptedException nobodyDoesThat) {
            Thread.currentThread().interrupt();
        }
    }
}
