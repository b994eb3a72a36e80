package io.halcyon.notify.exec;

import java.util.LinkedHashMap;
import java.util.Map;

/** Which scripts of events that are not through have run; the oldest are forgotten when there are too many. */
final class Memory {

    private static final int CAPACITY = 1_000;

    private final Map<Long, Progress> byEvent = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Progress> eldest) {
            return size() > CAPACITY;
        }
    };

    Progress of(long event) {
        return byEvent.computeIfAbsent(event, id -> new Progress());
    }

    void forget(long event) {
        byEvent.remove(event);
    }
}
