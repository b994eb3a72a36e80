package io.halcyon.settings;

import io.halcyon.settings.Entries.Entry;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;

/**
 * The configured objects of one engine: a change touches that object only, a bad edit touches nothing.
 *
 * <p>Thread-safe. Parsing happens on the caller's thread under one lock; {@link Objects} and {@link Notices} are called
 * later, on the timer's thread, one after the other in the order of the changes.
 *
 * @param <R> the checked settings of one object, a record: equal ones mean that nothing has changed
 */
public final class Family<R> implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Family.class.getName());

    /**
     * Turns text into checked settings. It may ask {@link Family#current()} and {@link Family#pendingRemoval()} to check
     * across objects. It may be asked more than once for one text, so it must not change anything.
     */
    public interface Parser<R> {
        R parse(ConfigText text) throws Refusal;

        /**
         * Whether everything could be judged. If not (the plugin is not there), the object is made, but its text does not
         * become the last accepted one before {@link Family#recheck}.
         */
        default boolean complete(R settings) {
            return true;
        }
    }

    /** The engine's objects. */
    public interface Objects<R> {
        /** Makes the object, or changes it. */
        void apply(String name, R settings);

        void remove(String name);

        /** The object has another name now; its configuration is the same. */
        default void rename(String from, String to, R settings) {
            remove(from);
            apply(to, settings);
        }
    }

    /** What a person should hear of. */
    public interface Notices {
        /** A text was refused; its object runs on with the last accepted one, if there was one. */
        void refused(Refusal refusal, boolean lastAcceptedKept);

        void accepted(String name, String file);

        void removed(String name);

        /** Before {@link Objects} learn of a change by this file, or of a removal: it is empty then. */
        default void changing(String name, String file) {}

        /** Something went wrong here: a copy could not be written, or the engine threw. */
        default void failed(String name, Exception cause) {
            LOG.log(Level.WARNING, name + ": " + cause);
        }
    }

    /** What became of an update. */
    public enum Outcome {
        APPLIED,
        UNCHANGED,
        /** Its file is gone, deleted while the node was down: the caller deletes the Configuration. */
        GHOST
    }

    private final String factoryPid;
    private final AcceptedCopies copies;
    private final Calls calls;
    private final Objects<R> objects;
    private final Notices notices;

    // Guarded by this.
    private final PendingRemovals pending;
    private final Entries<R> entries;
    private final Gate<R> gate;
    private final Map<String, ConfigText> refused = new LinkedHashMap<>();
    private boolean closed;

    /**
     * An empty family.
     *
     * @param acceptedDirectory where last accepted texts are kept; made when needed
     * @param timer one thread, which calls {@code objects} and {@code notices}; the family never ends it
     */
    public Family(
            String factoryPid,
            Path acceptedDirectory,
            ScheduledExecutorService timer,
            Parser<R> parser,
            Objects<R> objects,
            Notices notices) {
        this.factoryPid = factoryPid;
        this.calls = new Calls(timer, notices);
        this.pending = new PendingRemovals(timer);
        this.entries = new Entries<>(pending);
        this.gate = new Gate<>(parser, pending);
        this.copies = new AcceptedCopies(
                acceptedDirectory, factoryPid, (name, cause) -> calls.post(name, () -> notices.failed(name, cause)));
        this.objects = objects;
        this.notices = notices;
    }

    /**
     * A Configuration is there or has changed.
     *
     * @throws Refusal if its text is refused; the object keeps running with the last accepted one
     */
    public synchronized Outcome updated(String pid, Map<String, ?> properties) throws Refusal {
        Origin origin = Origin.of(factoryPid, pid, properties);
        if (closed) {
            return Outcome.UNCHANGED;
        }
        if (origin.isGhost() && !entries.has(origin.name())) {
            copies.forget(origin.name());
            return Outcome.GHOST;
        }
        ConfigText text = ConfigText.of(origin.name(), origin.fileOr(pid), properties);
        entries.nameOf(pid).filter(name -> !name.equals(text.object())).ifPresent(this::beginRemoval);
        try {
            Outcome outcome = accept(pid, text);
            retryRefused();
            return outcome;
        } catch (Refusal refusal) {
            refused.put(pid, text);
            boolean kept = entries.has(text.object()) || runLastAccepted(pid, text);
            calls.post(text.object(), () -> notices.refused(refusal, kept));
            throw refusal;
        }
    }

    /** A Configuration was deleted: its object goes after the grace, unless the file returns or reappears renamed. */
    public synchronized void deleted(String pid) {
        refused.remove(pid);
        if (!closed) {
            entries.nameOf(pid).ifPresent(this::beginRemoval);
            retryRefused();
        }
    }

    /**
     * Asks the parser again about these objects: it can judge now what it could not before, or it judges otherwise. What it
     * refuses runs on with the last accepted text, if there is one, otherwise as it is.
     */
    public synchronized void recheck(Predicate<R> which) {
        entries.all().stream().filter(entry -> which.test(entry.settings())).forEach(this::recheck);
        retryRefused();
    }

    private void recheck(Entry<R> entry) {
        String name = entry.text().object();
        if (pending.contains(name) || refused.containsKey(entry.pid())) {
            return;
        }
        try {
            accept(entry.pid(), entry.text());
        } catch (Refusal refusal) {
            refused.put(entry.pid(), entry.text());
            boolean kept = runLastAccepted(entry.pid(), entry.text());
            calls.post(name, () -> notices.refused(refusal, kept));
        }
    }

    /** Names of objects whose deletion is pending: what they occupy counts as free. */
    public synchronized Set<String> pendingRemoval() {
        return gate.gone();
    }

    /** Names of all objects that there are, and of those that wait for a text that is not refused. */
    public synchronized Set<String> known() {
        return entries.namesAndThoseOf(refused.values());
    }

    /** Settings by name, those whose removal is pending included. */
    public synchronized Map<String, R> current() {
        return entries.settings();
    }

    /** Takes no more changes. Running objects are left to the engine; what was being deleted is removed on this thread. */
    @Override
    public synchronized void close() {
        closed = true;
        for (String name : pending.names()) {
            pending.stop(name);
            copies.forget(name);
            calls.now(name, () -> objects.remove(name));
        }
    }

    private Outcome accept(String pid, ConfigText text) throws Refusal {
        String name = text.object();
        entries.claim(pid, text);
        pending.stop(name);
        Optional<String> from = entries.renamedFrom(text);
        if (from.isPresent()) {
            rename(from.get(), new Entry<>(pid, text, gate.admitInstead(text)));
            return Outcome.APPLIED;
        }
        Gate.Admission<R> admission = gate.admit(text);
        admission.displaced().ifPresent(this::remove);
        boolean wasRefused = refused.remove(pid) != null;
        Entry<R> entry = new Entry<>(pid, text, admission.settings());
        Entry<R> before = entries.put(entry);
        keepCopy(entry);
        boolean unchanged = before != null && before.settings().equals(entry.settings());
        if (!unchanged) {
            calls.change(name, text.file(), () -> objects.apply(name, entry.settings()));
        }
        if (!unchanged || wasRefused) {
            calls.post(name, () -> notices.accepted(name, text.file()));
        }
        return unchanged ? Outcome.UNCHANGED : Outcome.APPLIED;
    }

    private void rename(String from, Entry<R> entry) {
        String to = entry.text().object();
        refused.remove(entry.pid());
        pending.stop(from);
        entries.remove(from);
        entries.put(entry);
        keepCopy(entry);
        copies.forget(from);
        calls.change(to, entry.text().file(), () -> objects.rename(from, to, entry.settings()));
        calls.post(to, () -> notices.accepted(to, entry.text().file()));
    }

    private void keepCopy(Entry<R> entry) {
        if (gate.complete(entry.settings())) {
            copies.keep(entry.text());
        }
    }

    /** Instead of a bad text, after a restart or when its plugin came. */
    private boolean runLastAccepted(String pid, ConfigText bad) {
        String name = bad.object();
        try {
            Optional<ConfigText> copy = copies.find(name, bad.file());
            if (copy.isPresent()) {
                Gate.Admission<R> admission = gate.admit(copy.get());
                admission.displaced().ifPresent(this::remove);
                entries.put(new Entry<>(pid, copy.get(), admission.settings()));
                calls.post(name, () -> objects.apply(name, admission.settings()));
            }
            return copy.isPresent();
        } catch (Refusal stale) {
            return false; // It was accepted by another version, or beside other objects.
        }
    }

    /** What an object occupied may be free now: a text that was refused because of it gets another chance. */
    private void retryRefused() {
        boolean again = true;
        while (again) {
            again = false;
            for (Map.Entry<String, ConfigText> candidate : List.copyOf(refused.entrySet())) {
                try {
                    accept(candidate.getKey(), candidate.getValue());
                    again = true;
                } catch (Refusal stillRefused) {
                    // It was reported when it came.
                }
            }
        }
    }

    private void beginRemoval(String name) {
        pending.begin(name, removal -> removeIf(name, removal));
    }

    private synchronized void removeIf(String name, PendingRemovals.Standing removal) {
        if (removal.still()) {
            remove(name);
            retryRefused();
        }
    }

    private void remove(String name) {
        pending.stop(name);
        entries.remove(name);
        copies.forget(name);
        calls.change(name, "", () -> objects.remove(name));
        calls.post(name, () -> notices.removed(name));
    }
}
