package io.halcyon.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The configured objects of one engine.
 *
 * @param <R> the checked settings of one object, a record
 */
public final class Family<R> implements AutoCloseable {

    /** Turns text into checked settings. */
    public interface Parser<R> {
        R parse(ConfigText text) throws Refusal;
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
        void refused(Refusal refusal, boolean lastAcceptedKept);

        void accepted(String name, String file);

        void removed(String name);
    }

    /** What became of an update. */
    public enum Outcome {
        APPLIED,
        UNCHANGED,
        /** Its file is gone: the caller deletes the Configuration. */
        GHOST
    }

    private final Parser<R> parser;

    public Family(
            String factoryPid,
            Path acceptedDirectory,
            ScheduledExecutorService timer,
            Parser<R> parser,
            Objects<R> objects,
            Notices notices) {
        this.parser = parser;
    }

    public Outcome updated(String pid, Map<String, ?> properties) throws Refusal {
        parser.parse(ConfigText.of(pid, pid, properties));
        return Outcome.UNCHANGED;
    }

    public void deleted(String pid) {}

    public Set<String> pendingRemoval() {
        return Set.of();
    }

    public Map<String, R> current() {
        return Map.of();
    }

    @Override
    public void close() {}
}
