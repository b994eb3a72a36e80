package io.halcyon.lvs.ipvs;

import io.halcyon.spi.dataplane.DataplaneListener;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Options;
import io.halcyon.spi.dataplane.ServiceFigures;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.ServiceTable;
import io.halcyon.spi.dataplane.SyncDaemon;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Leaves orders for thread {@code lvs-ipvs}. */
final class IpvsTable implements ServiceTable {

    private static final long ANSWER_MILLIS = 2_000;
    private static final long STOP_MILLIS = 2_000;

    private final Keeper keeper;
    private final Thread thread;
    private final Runnable afterwards;

    /**
     * Starts the thread.
     *
     * @param afterwards run when the table is closed
     */
    IpvsTable(DataplaneListener listener, Sysctls sysctls, long lookNanos, Runnable afterwards) {
        keeper = new Keeper(new Work(listener, sysctls), lookNanos);
        this.afterwards = afterwards;
        thread = new Thread(keeper, "lvs-ipvs");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void put(Collection<Desired> services) {
        List<Desired> copy = List.copyOf(services);
        keeper.post(work -> work.put(copy));
    }

    @Override
    public void remove(Collection<ServiceKey> services) {
        List<ServiceKey> copy = List.copyOf(services);
        keeper.post(work -> work.remove(copy));
    }

    @Override
    public void settle() {
        keeper.post(Work::settle);
    }

    @Override
    public void options(Options options) {
        keeper.post(work -> work.options(options));
    }

    @Override
    public void synchronize(Set<SyncDaemon> daemons) {
        Set<SyncDaemon> copy = Set.copyOf(daemons);
        keeper.post(work -> work.synchronize(copy));
    }

    @Override
    public List<ServiceFigures> figures() throws IOException {
        CompletableFuture<List<ServiceFigures>> answer = new CompletableFuture<>();
        keeper.post(work -> {
            try {
                answer.complete(work.figures());
            } catch (IOException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new IOException(Limits.sentence(cause == null ? e : cause), e);
        } catch (TimeoutException e) {
            throw new IOException("thread lvs-ipvs does not answer within " + ANSWER_MILLIS + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        keeper.stop();
        try {
            // A listener may be the one who closes.
            if (Thread.currentThread() != thread) {
                thread.join(STOP_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        afterwards.run();
    }
}
