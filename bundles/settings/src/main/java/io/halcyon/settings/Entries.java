package io.halcyon.settings;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What runs in a family, by name. Not thread-safe: its {@link Family} guards it. */
final class Entries<R> {

    /**
     * One object.
     *
     * @param pid of the Configuration it belongs to
     * @param text what it runs with, which may be older than the Configuration's
     * @param settings the text, checked
     */
    record Entry<R>(String pid, ConfigText text, R settings) {}

    private final Map<String, Entry<R>> entries = new TreeMap<>();
    private final PendingRemovals pending;

    Entries(PendingRemovals pending) {
        this.pending = pending;
    }

    boolean has(String name) {
        return entries.containsKey(name);
    }

    /** Returns the one before, null if there was none. */
    @Nullable
    Entry<R> put(Entry<R> entry) {
        return entries.put(entry.text().object(), entry);
    }

    void remove(String name) {
        entries.remove(name);
    }

    Set<String> namesAndThoseOf(Collection<ConfigText> others) {
        Set<String> names = new TreeSet<>(entries.keySet());
        others.forEach(text -> names.add(text.object()));
        return names;
    }

    List<Entry<R>> all() {
        return List.copyOf(entries.values());
    }

    Map<String, R> settings() {
        Map<String, R> settings = new TreeMap<>();
        entries.forEach((name, entry) -> settings.put(name, entry.settings()));
        return settings;
    }

    Optional<String> nameOf(String pid) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue().pid().equals(pid))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * Two files may give the same name, such as {@code x.cfg} and {@code x.config}: the first one has it. The owner's
     * Configuration may have another PID by now; whoever deletes that one later means this object, also if the text is
     * refused.
     */
    void claim(String pid, ConfigText text) throws Refusal {
        Entry<R> owner = entries.get(text.object());
        if (owner == null) {
            return;
        }
        boolean other = !owner.pid().equals(pid) && !pending.contains(text.object());
        if (other && !owner.text().file().equals(text.file())) {
            throw Refusal.taken(text.file(), text.object(), owner.text().file());
        }
        put(new Entry<>(pid, owner.text(), owner.settings()));
    }

    /** The object with the same content that is being deleted, if this text is its new file. */
    Optional<String> renamedFrom(ConfigText text) {
        if (has(text.object())) {
            return Optional.empty();
        }
        return entries.entrySet().stream()
                .filter(entry -> pending.contains(entry.getKey()))
                .filter(entry -> entry.getValue().text().values().equals(text.values()))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
