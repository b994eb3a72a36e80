package io.halcyon.lvs.engine;

import io.halcyon.spi.dataplane.Dataplane;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Options;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.ServiceTable;
import io.halcyon.spi.dataplane.SyncDaemon;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is wanted of all data planes. A table is opened when somebody needs it, and again when its data plane comes back. Owned
 * by the loop thread.
 */
final class Tables {

    private static final Logger LOG = LoggerFactory.getLogger("io.halcyon.lvs");

    private final Dataplanes planes;
    private final LvsLoop loop;
    private final UsedPlanes used;
    private final Table.Reports reports;
    private final Map<String, Table> tables = new TreeMap<>();
    private Options options = Options.NONE;
    private Set<SyncDaemon> daemons = Set.of();
    private boolean settled;

    /** @param used names of data planes that an earlier run has used as well */
    Tables(Dataplanes planes, LvsLoop loop, UsedPlanes used, Table.Reports reports) {
        this.planes = planes;
        this.loop = loop;
        this.used = used;
        this.reports = reports;
    }

    /** Whether it has to be told to the data plane. */
    boolean put(String plane, String owner, Desired desired) {
        return table(plane).put(owner, desired);
    }

    void remove(String plane, String owner, ServiceKey key) {
        table(plane).remove(owner, key);
    }

    /** Takes away all that somebody wants. */
    void removeAllOf(String plane, String owner) {
        table(plane).removeAllOf(owner);
    }

    boolean isOpen(String plane) {
        var table = tables.get(plane);
        return table != null && table.isOpen();
    }

    /** Tables that can be read, by data plane. */
    Map<String, ServiceTable> open() {
        var open = new TreeMap<String, ServiceTable>();
        tables.forEach((name, table) -> {
            var readable = table.table();
            if (readable != null) {
                open.put(name, readable);
            }
        });
        return open;
    }

    /** A data plane is there: what is wanted of it is asked for with the next {@link #flush}. */
    void came(String plane) {
        if (tables.containsKey(plane)
                || !daemons.isEmpty()
                || (settled && used.names().contains(plane))) {
            openIfThere(plane, table(plane));
        }
    }

    /** A data plane stops; the kernel stays as it is. */
    void went(Dataplane plane) {
        tables.forEach((name, table) -> {
            if (table.isOf(plane)) {
                closeQuietly(name, table);
                openIfThere(name, table);
            }
        });
    }

    /** Tells the data planes what has changed since the last time. */
    void flush() {
        tables.forEach((name, table) -> guarded(name, () -> table.flush(settled)));
    }

    /** All that is configured was put: with the next {@link #flush}, what an earlier run left and nobody asked for goes. */
    void settle() {
        settled = true;
        used.names().forEach(this::table);
    }

    void options(Options wanted) {
        options = wanted;
        open().forEach((name, table) -> guarded(name, () -> table.options(wanted)));
    }

    void synchronize(Set<SyncDaemon> wanted) {
        daemons = wanted;
        // Whoever only synchronizes has a table, too.
        if (!wanted.isEmpty()) {
            planes.working().forEach(this::table);
        }
        open().forEach((name, table) -> guarded(name, () -> table.synchronize(wanted)));
    }

    /** @param flush whether the kernel's entries go */
    void close(boolean flush) {
        if (flush) {
            tables.values().forEach(Table::removeAll);
        }
        flush();
        tables.forEach(Tables::closeQuietly);
    }

    private Table table(String plane) {
        var known = tables.get(plane);
        if (known != null) {
            return known;
        }
        var table = new Table(plane, loop, reports);
        tables.put(plane, table);
        openIfThere(plane, table);
        return table;
    }

    private void openIfThere(String name, Table table) {
        var plane = planes.find(name);
        if (plane == null || table.isOpen()) {
            return;
        }
        guarded(name, () -> {
            table.open(plane, options, daemons);
            used.add(name);
        });
    }

    private static void closeQuietly(String name, Table table) {
        guarded(name, table::close);
    }

    private static void guarded(String name, Runnable what) {
        try {
            what.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("data plane {} failed: {}", name, e.toString());
        }
    }
}
