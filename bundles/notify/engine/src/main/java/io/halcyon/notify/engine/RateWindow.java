package io.halcyon.notify.engine;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many events pass one by one within a window and collects the others for one digest at its end. The courier's thread
 * owns it; {@link #collected} is for all.
 */
final class RateWindow {

    /** A digest that is longer than that is nothing a person reads, and it has to fit into memory. */
    static final int LONGEST = 1_000;

    private final List<EventRecord> collected = new ArrayList<>();
    private long endNanos = System.nanoTime();
    private int told;
    private volatile int size;

    /**
     * What is to be told now, null for nothing.
     *
     * @param name the notifier's
     * @param source gives the next event, null if there is none
     * @param hurry whether to wait for no window's end
     */
    @Nullable
    EventRecord next(String name, NotifierSettings.Rate rate, Supplier<@Nullable EventRecord> source, boolean hurry) {
        boolean over = rate.events() == 0 || System.nanoTime() - endNanos >= 0;
        if ((over || hurry) && !collected.isEmpty()) {
            collect(source);
            return finish(name);
        }
        if (over) {
            told = 0;
        }
        if (rate.events() > 0 && told >= rate.events()) {
            collect(source);
            return hurry && !collected.isEmpty() ? finish(name) : null;
        }
        var event = source.get();
        if (event != null && told++ == 0) {
            endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(rate.windowMillis());
        }
        return event;
    }

    /** How many events wait for the end of the window. */
    int collected() {
        return size;
    }

    /** Time to the end of the window. */
    long leftNanos() {
        return Math.max(0, endNanos - System.nanoTime());
    }

    private void collect(Supplier<@Nullable EventRecord> source) {
        while (collected.size() < LONGEST) {
            var event = source.get();
            if (event == null) {
                break;
            }
            collected.add(event);
        }
        size = collected.size();
    }

    private EventRecord finish(String name) {
        var last = collected.get(collected.size() - 1);
        var all = List.copyOf(collected);
        collected.clear();
        size = 0;
        told = 0;
        if (all.size() == 1) {
            return last;
        }
        return new EventRecord(
                last.id(), Instant.now(), System.nanoTime(), last.node(), List.of(), new Event.Digest(name, all));
    }
}
