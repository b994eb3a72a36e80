package io.halcyon.notify.smtp;

import jakarta.mail.Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Mails that some recipients have and others do not: nobody gets one twice, nobody is forgotten. One thread owns it. */
final class Circulation {

    private static final int MOST = 100;

    private final Map<String, Round> open = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Round> eldest) {
            return size() > MOST;
        }
    };

    /**
     * Where a mail still has to go.
     *
     * @param due who gets it with the next attempt
     * @param refused who was refused for good meanwhile
     * @param words what was said about these
     */
    record Round(List<Address> due, List<Address> refused, List<String> words) {}

    /** Who gets a mail with this attempt. */
    List<Address> due(String id, List<Address> all) {
        var round = open.get(id);
        return round == null ? all : round.due();
    }

    /** Everybody who was due has it; returns what was said about those who were refused, empty if nobody was. */
    String through(String id) {
        var round = open.remove(id);
        if (round == null || round.refused().isEmpty()) {
            return "";
        }
        // Should a person have it sent again, it goes to these only.
        open.put(id, new Round(round.refused(), List.of(), List.of()));
        return round.words().isEmpty() ? "refused: " + round.refused() : String.join("; ", round.words());
    }

    /** Not everybody who was due has it. */
    void interrupted(String id, Refusal refusal) {
        var before = open.getOrDefault(id, new Round(List.of(), List.of(), List.of()));
        var refused = new ArrayList<>(before.refused());
        var words = new ArrayList<>(before.words());
        if (!refusal.remaining().isEmpty() && refusal.temporary()) {
            refused.addAll(refusal.refused());
            words.addAll(refusal.words());
            open.put(id, new Round(refusal.remaining(), refused, words));
        } else if (!refusal.temporary()
                && !refusal.refused().isEmpty()
                && refusal.remaining().isEmpty()) {
            refused.addAll(refusal.refused());
            open.put(id, new Round(refused, List.of(), List.of()));
        }
    }

    /** What was said about those who were refused by earlier attempts. */
    List<String> refusedBefore(String id) {
        var round = open.get(id);
        return round == null ? List.of() : round.words();
    }
}
