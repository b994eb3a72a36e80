package io.halcyon.vip.netlink;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this host from answering for addresses that another node has already, while they are still here.
 *
 * <p>Linux keeps the first answer that it gets: a client that resolves an address in the overlap may learn the host that is
 * leaving, and be without service when the address goes. A table of our own drops these answers and nothing else. It is
 * owned by the nft process, so no crash leaves it behind. Thread {@code vip-silence} does the work; every method may be
 * called by any thread and returns at once.
 */
final class Silencer {

    private static final Logger LOG = LoggerFactory.getLogger(Silencer.class);
    private static final int STOP_MILLIS = 1_000;

    /**
     * How long it waits.
     *
     * @param absentMillis until the program is looked for again where it was not: that is to look at a few files
     * @param brokenMillis until it is started again where that was in vain: one process more, and most likely for nothing
     * @param leisureMillis after the last order, until it prepares for others: a takeover needs the processors for itself
     */
    record Patience(long absentMillis, long brokenMillis, long leisureMillis) {}

    private static final Patience USUAL = new Patience(5_000, 300_000, 1_000);

    /** What an order changes in an account; then the kernel is made to agree. */
    private record Change(Quiet quiet, Runnable content) {}

    private final List<Path> places;
    private final Patience patience;
    private final LinkedBlockingQueue<Runnable> orders = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "vip-silence");
    private final String table = "halcyon_" + ProcessHandle.current().pid();
    private final AtomicInteger names = new AtomicInteger();

    private volatile String limit = "";
    private volatile boolean begun;

    // owned by the thread
    private final Set<Quiet> quiets = new LinkedHashSet<>();
    private final Deque<Change> later = new ArrayDeque<>();
    private long laterNanos;
    private @Nullable QuietTable kernel;
    /** Somebody answers again, which is carried out for all who do together. */
    private boolean speaks;

    private boolean failed;
    /** When what failed is tried again. Not with every order: a stop brings one for each router. */
    private long dueNanos;

    Silencer() {
        this(Nft.PLACES, USUAL);
    }

    /**
     * With other patience.
     *
     * @param places where the program may be
     */
    Silencer(List<Path> places, Patience patience) {
        this.places = places;
        this.patience = patience;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Why it cannot do its work, and what would help; empty if it can or was not asked to yet. */
    String limit() {
        return limit;
    }

    /** For one account. Makes the table ready, so that to be silent is quick. */
    Quiet open() {
        if (!begun) {
            begun = true;
            orders.add(this::ready);
        }
        return new Quiet(this, "account" + names.incrementAndGet());
    }

    /** Has a change carried out now. */
    void order(Quiet quiet, Runnable content) {
        orders.add(() -> carryOut(new Change(quiet, content)));
    }

    /** Has a change carried out when nothing was ordered for a while. */
    void atLeisure(Quiet quiet, Runnable content) {
        orders.add(() -> later.add(new Change(quiet, content)));
    }

    private void run() {
        try {
            while (true) {
                guarded(next());
                laterNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patience.leisureMillis());
            }
        } catch (InterruptedException closing) {
            discard();
        }
    }

    /** Waits for an order, and does meanwhile what nobody waits for. */
    private Runnable next() throws InterruptedException {
        for (Runnable order = orders.poll(); ; order = orders.poll(untilDueNanos(), TimeUnit.NANOSECONDS)) {
            if (order != null) {
                return order;
            }
            guarded(this::whatIsDue);
        }
    }

    private long untilDueNanos() {
        long now = System.nanoTime();
        long until = failed ? dueNanos - now : Long.MAX_VALUE;
        return later.isEmpty() ? until : Math.min(until, laterNanos - now);
    }

    private void whatIsDue() {
        if (failed) {
            ready();
        }
        if (speaks) {
            enforceOnlyWhoIsSilent();
        }
        if (!later.isEmpty() && System.nanoTime() - laterNanos >= 0) {
            carryOut(later.remove());
        }
    }

    private static void guarded(Runnable order) {
        try {
            order.run();
        } catch (RuntimeException | Error e) {
            // Also where the host permits no more threads: the next handover is to be silenced again.
            LOG.error("vip-netlink cannot carry out an order to be silent", e);
        }
    }

    private void carryOut(Change change) {
        Quiet quiet = change.quiet();
        boolean wasSilent = quiet.isSilent();
        change.content().run();
        speaks |= wasSilent && !quiet.isSilent();
        if (quiet.isClosed()) {
            quiets.remove(quiet);
            enforceOnlyWhoIsSilent();
            told(table -> table.remove(quiet.name));
        } else {
            quiets.add(quiet);
            told(table -> tell(table, quiet));
        }
    }

    private void enforceOnlyWhoIsSilent() {
        speaks = false;
        told(table -> table.enforceOnly(
                quiets.stream().filter(Quiet::isSilent).map(quiet -> quiet.name).toList()));
    }

    /** What may be told to the kernel. */
    private interface Telling {
        void to(QuietTable table) throws IOException;
    }

    private void told(Telling telling) {
        QuietTable table = ready();
        if (table == null) {
            return;
        }
        try {
            telling.to(table);
        } catch (IOException e) {
            // A process that died in the meantime is noticed only now. A new one is told all there is.
            LOG.warn("vip-netlink cannot change what is silenced, starting anew: {}", e.getMessage());
            discard();
            ready();
        }
    }

    private static void tell(QuietTable table, Quiet quiet) throws IOException {
        table.put(quiet.name, quiet.addresses());
        if (quiet.isSilent()) {
            table.enforce(quiet.name);
        }
    }

    private @Nullable QuietTable ready() {
        if (kernel != null || (failed && System.nanoTime() - dueNanos < 0)) {
            return kernel;
        }
        failed = false;
        QuietTable fresh = null;
        try {
            fresh = QuietTable.open(places, table);
            for (Quiet quiet : quiets) {
                tell(fresh, quiet);
            }
            kernel = fresh;
            works();
        } catch (IOException e) {
            if (fresh != null) {
                fresh.close();
            }
            fails(e);
        }
        return kernel;
    }

    private void works() {
        if (!limit.isEmpty()) {
            LOG.info("vip-netlink: nftables works now: while an address is handed over, this host is silent");
            limit = "";
        }
    }

    private void fails(IOException cause) {
        boolean installed = Nft.installed(places);
        failed = true;
        dueNanos = System.nanoTime()
                + TimeUnit.MILLISECONDS.toNanos(installed ? patience.brokenMillis() : patience.absentMillis());
        String found = installed
                ? "nftables does not work here (" + cause.getMessage() + "): " + consequence()
                : "nftables is not installed (Debian package nftables): " + consequence();
        if (!found.equals(limit)) {
            limit = found;
            LOG.info("vip-netlink: {}", found);
        }
    }

    private static String consequence() {
        return "while an address is handed over, this host still answers who resolves it anew";
    }

    /** The kernel takes the table away with the process. */
    private void discard() {
        QuietTable open = kernel;
        kernel = null;
        if (open != null) {
            open.close();
        }
    }

    /** Ends the thread, and with it the table. */
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join(STOP_MILLIS);
    }
}
