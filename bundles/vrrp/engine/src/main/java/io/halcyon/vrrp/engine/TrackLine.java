package io.halcyon.vrrp.engine;

import io.halcyon.vrrp.engine.loop.Track;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one line of {@code track.script} or {@code track.interface}: {@code NAME [weight N] [reverse|noreverse]}. */
final class TrackLine {

    static final String FORM = "NAME [weight -253..253] [reverse|noreverse]";

    private static final int MOST_WEIGHT = 253;

    private TrackLine() {}

    /**
     * @throws IllegalArgumentException with what is wrong with the line, for a person
     */
    static Track parse(Track.Kind kind, String line) {
        Deque<String> words = new ArrayDeque<>(List.of(line.trim().split("\\s+")));
        String name = words.remove();
        Integer weight = kind == Track.Kind.INTERFACE ? Integer.valueOf(0) : null;
        Boolean reverse = kind == Track.Kind.INTERFACE ? Boolean.FALSE : null;
        while (!words.isEmpty()) {
            String word = words.remove();
            switch (word) {
                case "weight" -> weight = weight(words.poll());
                case "reverse" -> reverse = Boolean.TRUE;
                case "noreverse" -> reverse = Boolean.FALSE;
                default -> throw new IllegalArgumentException("'" + word + "' is not known");
            }
        }
        return new Track(kind, name, weight, reverse);
    }

    private static Integer weight(@Nullable String text) {
        try {
            int weight = Integer.parseInt(text == null ? "" : text);
            if (Math.abs(weight) <= MOST_WEIGHT) {
                return weight;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("weight '" + text + "' is not a number", e);
        }
        throw new IllegalArgumentException("weight " + text + " is not within -253..253");
    }
}
