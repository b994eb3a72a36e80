package io.halcyon.notify.smtp;

import io.halcyon.api.event.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an event is told in a mail. What keepalived has words for has its subjects and sentences, for the filters made for them.
 *
 * @param subject without the node
 * @param headline one sentence
 * @param facts what happened, why and what it means, by their labels
 * @param commands what somebody may type who wants to know more
 */
record Wording(String subject, String headline, Map<String, String> facts, List<String> commands) {

    private static final String WHY = "Why:";
    private static final String MEANING = "Meaning:";

    static Wording of(Event event) {
        Wording wording = RouterWording.of(event);
        if (wording == null) {
            wording = ServerWording.of(event);
        }
        return wording == null ? NodeWording.of(event) : wording;
    }

    static Wording of(String subject, String headline, String what) {
        return new Wording(subject, headline, Map.of("What:", what), List.of());
    }

    Wording why(String reason) {
        return with(WHY, reason);
    }

    Wording meaning(String consequence) {
        return with(MEANING, consequence);
    }

    Wording with(String label, String value) {
        if (value.isEmpty()) {
            return this;
        }
        var more = new LinkedHashMap<>(facts);
        more.put(label, value);
        return new Wording(subject, headline, more, commands);
    }

    Wording see(String command) {
        return see(command, null);
    }

    /** A command about an object; without it, if its name would mean something else to a shell. */
    Wording see(String command, @Nullable String object) {
        var more = new ArrayList<>(commands);
        boolean plain = object != null && object.matches("[A-Za-z0-9_.][A-Za-z0-9_.-]*");
        more.add(plain ? command + " " + object : command);
        return new Wording(subject, headline, facts, more);
    }
}
