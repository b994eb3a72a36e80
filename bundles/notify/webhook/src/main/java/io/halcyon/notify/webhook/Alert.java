package io.halcyon.notify.webhook;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An alert that is raised, or that ends.
 *
 * @param labels what it is known by
 * @param annotations what is told of it
 * @param startsAt null if it ends
 * @param endsAt when it ends, or when it ended
 */
record Alert(Map<String, String> labels, Map<String, String> annotations, @Nullable Instant startsAt, Instant endsAt) {

    Alert {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }
}
