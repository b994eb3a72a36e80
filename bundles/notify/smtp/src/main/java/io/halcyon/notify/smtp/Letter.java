package io.halcyon.notify.smtp;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventKind;
import io.halcyon.api.event.EventRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A mail as a person reads it, before it has a form. Every text in it is one line.
 *
 * @param id for the header Message-ID, the same whenever the event is sent, and another after a restart of the node
 * @param at when it happened
 * @param subject of the mail, with the node
 * @param headline one sentence
 * @param facts what there is to know, by their labels
 * @param passages what follows
 */
record Letter(
        String id, Instant at, String subject, String headline, Map<String, String> facts, List<Passage> passages) {

    /** Lines under a title. */
    record Passage(String title, List<String> lines) {}

    /** What lasts, so that a person asks since when. */
    private static final Set<EventKind> STATES =
            Set.of(EventKind.TRANSITION, EventKind.VERDICT, EventKind.SERVER, EventKind.MAINTENANCE);

    private static final int MOST_LISTED = 500;

    /**
     * The mail about an event.
     *
     * @param before what the same notifier was told of before, oldest first
     */
    static Letter about(EventRecord happened, List<EventRecord> before) {
        var wording = Wording.of(happened.event());
        var subject = OneLine.subject("[" + happened.node() + "] " + wording.subject());
        return new Letter(
                id(happened),
                happened.at(),
                subject,
                OneLine.of(wording.headline()),
                facts(happened, wording),
                passages(happened.event(), wording, before));
    }

    private static Map<String, String> facts(EventRecord happened, Wording wording) {
        var facts = new LinkedHashMap<String, String>();
        var event = happened.event();
        wording.facts().forEach((label, value) -> {
            facts.put(label, OneLine.of(value));
            if (facts.size() == 1) {
                facts.put(STATES.contains(event.kind()) ? "Since:" : "When:", OneLine.time(happened.at()));
            }
        });
        if (event instanceof Event.Digest digest) {
            var first = digest.events().get(0).at();
            facts.put("Notifier:", OneLine.of(digest.object()));
            facts.put(
                    "When:",
                    OneLine.time(first) + " to "
                            + OneLine.time(last(digest.events()).at()));
        }
        facts.put("Node:", OneLine.of(happened.node()));
        facts.put("Event:", event(happened));
        return facts;
    }

    private static List<Passage> passages(Event event, Wording wording, List<EventRecord> before) {
        var passages = new ArrayList<Passage>();
        if (event instanceof Event.Digest digest) {
            var standing = new LinkedHashMap<String, EventRecord>();
            digest.events().forEach(each -> standing.put(each.event().object(), each));
            if (standing.size() < digest.events().size()) {
                add(passages, "Last of each object:", List.copyOf(standing.values()));
            }
            add(passages, "All of them:", digest.events());
        }
        passages.add(new Passage("Look at:", wording.commands()));
        if (!(event instanceof Event.Digest) && !before.isEmpty()) {
            add(passages, "Before this:", before);
        }
        return passages;
    }

    private static void add(List<Passage> passages, String title, List<EventRecord> events) {
        int left = Math.max(0, events.size() - MOST_LISTED);
        var lines = events.stream().skip(left).map(Letter::listed).collect(Collectors.toCollection(ArrayList::new));
        if (left > 0) {
            lines.add(0, left + " earlier ones are left out here; ha:events has them");
        }
        passages.add(new Passage(title, lines));
    }

    private static String listed(EventRecord happened) {
        var event = happened.event();
        return OneLine.time(happened.at()) + "  " + OneLine.of(event.object() + ": " + event.text());
    }

    private static String event(EventRecord happened) {
        if (happened.causes().isEmpty()) {
            return String.valueOf(happened.id());
        }
        return happened.causes().stream()
                .map(String::valueOf)
                .collect(Collectors.joining(", ", happened.id() + ", caused by ", ""));
    }

    private static String id(EventRecord happened) {
        var node = happened.node().replaceAll("[^A-Za-z0-9.-]", "-");
        var host = node.substring(0, Math.min(node.length(), 64));
        return "<halcyon." + happened.at().toEpochMilli() + "." + happened.id() + "@" + host + ">";
    }

    private static EventRecord last(List<EventRecord> events) {
        return events.get(events.size() - 1);
    }
}
