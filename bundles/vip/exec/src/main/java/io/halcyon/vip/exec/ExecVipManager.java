package io.halcyon.vip.exec;

import io.halcyon.api.vip.AddressStatus;
import io.halcyon.spi.vip.AddressSet;
import io.halcyon.spi.vip.VipListener;
import io.halcyon.spi.vip.VipManager;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Virtual addresses by commands. Calls leave orders; thread {@code vip-NAME} decides, workers run the commands.
 *
 * <p>Closing removes nothing that is held: who holds it holds it again when there is a manager again, and it is adopted.
 */
final class ExecVipManager implements VipManager {

    private static final Logger LOG = LoggerFactory.getLogger(VipKeys.PID);
    private static final int STOP_MILLIS = 15_000;
    private static final int ANSWER_MILLIS = 2_000;

    private final String name;
    private final Crew crew;
    private final Keeper keeper;
    private final Thread thread;

    ExecVipManager(String name, ExecSettings settings, Path runDirectory, LongSupplier boottime) {
        this.name = name;
        crew = new Crew(name, settings);
        keeper = new Keeper(name, new Claims(runDirectory.resolve("vip-" + name)), crew, boottime);
        thread = new Thread(keeper, "vip-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean kernelLease() {
        return false;
    }

    @Override
    public long takeoverMillis() {
        return crew.settings().timeoutMillis();
    }

    @Override
    public List<String> limits() {
        return List.of(
                "vip manager " + name + " cannot keep a leaving host from answering ARP: who resolves an address just"
                        + " while two hosts have it may be without service until the next announcement");
    }

    @Override
    public AddressSet open(String owner, String defaultInterface, VipListener listener) {
        return new Account(owner, defaultInterface, listener, keeper);
    }

    /** What is claimed stays; commands that run end by the old settings. */
    void change(ExecSettings next) {
        crew.change(next);
    }

    List<AddressStatus> addresses() {
        CompletableFuture<List<AddressStatus>> answer = new CompletableFuture<>();
        keeper.order(ledger -> answer.complete(ledger.addresses(name)));
        try {
            return answer.get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("vip {} does not say which addresses there are", name);
        }
        return List.of();
    }

    /** Ends when what was to be released is gone, at the latest after 15 s. */
    void close() {
        keeper.stop(STOP_MILLIS);
        try {
            thread.join(2L * STOP_MILLIS);
            crew.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "vip " + name + " (exec)";
    }
}
