package io.halcyon.notify.engine;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which objects were held by hand from which event to which. Thread-safe.
 *
 * <p>A hold may be older than the journal, so it has a file of its own, one line for each: {@code <first id> <last id>
 * <object>}. It knows past holds too: a notifier that lags behind asks about the moment of the event.
 */
final class MaintenanceWatch {

    private static final Logger LOG = LoggerFactory.getLogger(NotifyKeys.PID);
    private static final int KEPT = 200;

    /** So many quiet events may happen while a notifier gets from a cause to its effect. */
    private static final int QUIET_KEPT = 10_000;

    private static final long OPEN = Long.MAX_VALUE;

    private record Hold(String object, long begin, long end) {}

    private final Path file;

    // Guarded by this.
    private final List<Hold> holds = new ArrayList<>();
    private final QuietIds quiet = new QuietIds(QUIET_KEPT);
    private volatile boolean changed;

    MaintenanceWatch(Path directory) {
        file = directory.resolve("held");
        try {
            for (var line : Files.readAllLines(file)) {
                var words = line.split(" ", 3);
                holds.add(new Hold(words[2], Long.parseLong(words[0]), Long.parseLong(words[1])));
            }
        } catch (NoSuchFileException e) {
            LOG.debug("nothing is held by hand");
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            LOG.warn("{} cannot be read: {}", file, e.toString());
        }
    }

    /** Looks at an event as soon as it has its number. */
    synchronized void watch(EventRecord happened) {
        if (!(happened.event() instanceof Event.Maintenance maintenance)) {
            if (quiet.containAny(happened.causes()) || isHeld(happened.event().object(), happened.id())) {
                quiet.add(happened.id());
            }
            return;
        }
        int standing = standing(maintenance.object());
        if (maintenance.begins() && standing < 0) {
            holds.add(new Hold(maintenance.object(), happened.id(), OPEN));
        } else if (!maintenance.begins() && standing >= 0) {
            holds.set(
                    standing, new Hold(maintenance.object(), holds.get(standing).begin(), happened.id()));
        } else {
            return;
        }
        changed = true;
        forgetOld();
    }

    /** Whether an object was held when the event of that id happened. */
    synchronized boolean held(String object, long id) {
        return isHeld(object, id);
    }

    /** Whether one of these events was of something that was held, or was caused by one that was; as far as it is remembered. */
    synchronized boolean sawQuiet(List<Long> ids) {
        return quiet.containAny(ids);
    }

    private boolean isHeld(String object, long id) {
        for (int i = 0; i < holds.size(); i++) {
            var hold = holds.get(i);
            if (hold.begin() < id && id < hold.end() && hold.object().equals(object)) {
                return true;
            }
        }
        return false;
    }

    /** The highest id that it has seen. */
    synchronized long lastId() {
        return holds.stream()
                .mapToLong(hold -> hold.end() == OPEN ? hold.begin() : hold.end())
                .max()
                .orElse(0);
    }

    /** Writes what has changed. */
    void save() throws IOException {
        if (!changed) {
            return;
        }
        var text = new StringBuilder();
        synchronized (this) {
            changed = false;
            for (var hold : holds) {
                text.append(hold.begin()).append(' ').append(hold.end()).append(' ');
                text.append(hold.object().replace('\n', ' ')).append('\n');
            }
        }
        try {
            PrivateFiles.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            synchronized (this) {
                changed = true;
            }
            throw e;
        }
    }

    private int standing(String object) {
        for (int i = 0; i < holds.size(); i++) {
            if (holds.get(i).object().equals(object) && holds.get(i).end() == OPEN) {
                return i;
            }
        }
        return -1;
    }

    private void forgetOld() {
        for (int i = 0; i < holds.size() && holds.size() > KEPT; ) {
            if (holds.get(i).end() == OPEN) {
                i++;
            } else {
                holds.remove(i);
            }
        }
    }
}
