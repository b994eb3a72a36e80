package io.halcyon.console.shell.command;

import io.halcyon.api.event.EventRecord;
import io.halcyon.api.notify.DeadLetter;
import io.halcyon.api.notify.NotifierStatus;
import io.halcyon.api.notify.NotifyService;
import io.halcyon.api.notify.QueuedEvent;
import java.util.ArrayList;
import java.util.List;

/** Notifier {@code ops}, which gave up two events and has three to tell; remembers what it was asked. */
final class KnownNotifiers implements NotifyService {

    final List<String> asked = new ArrayList<>();
    private final List<EventRecord> events = History.ofAFailover().events;

    @Override
    public List<NotifierStatus> notifiers() {
        return List.of(new NotifierStatus(
                "ops", "smtp", "retrying in 4 s", 3, 17, 2, 0, 2, History.START, History.START, "550 no such user"));
    }

    @Override
    public String test(String name) {
        asked.add("test " + name);
        return "";
    }

    @Override
    public List<QueuedEvent> queue(String name, int limit) {
        asked.add("queue " + name + " " + limit);
        return events.stream()
                .limit(Math.min(3, limit))
                .map(event -> new QueuedEvent(event, event.id() == 1 ? 4 : 0, event.id() == 1 ? "421 later" : ""))
                .toList();
    }

    @Override
    public List<DeadLetter> dead(String name) {
        return List.of(
                new DeadLetter(events.get(4), History.START, 7, "550 no such user"),
                new DeadLetter(events.get(5), History.START, 1, "554 refused"));
    }

    @Override
    public int retry(String name, List<Long> ids) {
        asked.add("retry " + name + " " + ids);
        return ids.isEmpty() ? 2 : ids.size();
    }

    @Override
    public int forget(String name, List<Long> ids) {
        asked.add("forget " + name + " " + ids);
        return ids.isEmpty() ? 2 : ids.size();
    }
}
