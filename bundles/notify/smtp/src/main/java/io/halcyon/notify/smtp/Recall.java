package io.halcyon.notify.smtp;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last events that a notifier was given. The thread that delivers owns it. */
final class Recall {

    private static final int MOST = 10;

    private final Deque<EventRecord> given = new ArrayDeque<>();

    /** Those before an event, oldest first: the same ones when it is tried again. */
    List<EventRecord> before(EventRecord event) {
        return given.stream().filter(other -> other.id() < event.id()).toList();
    }

    void add(EventRecord event) {
        if (event.event() instanceof Event.Digest digest) {
            digest.events().forEach(this::add);
            return;
        }
        boolean known = given.stream().anyMatch(other -> other.id() == event.id());
        if (known || event.event() instanceof Event.Trial) {
            return;
        }
        given.addLast(event);
        if (given.size() > MOST) {
            given.removeFirst();
        }
    }
}
