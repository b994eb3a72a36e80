package io.halcyon.notify.engine;

import java.util.Arrays;
import java.util.List;

/** Ids of events of what is held by hand, as they come: ascending. The newest stay. Not thread-safe. */
final class QuietIds {

    private static final int FIRST_ROOM = 16;

    private final int kept;
    private long[] ids = new long[FIRST_ROOM];
    private int size;

    /** @param kept so many at least are remembered */
    QuietIds(int kept) {
        this.kept = kept;
    }

    boolean contains(long id) {
        return Arrays.binarySearch(ids, 0, size, id) >= 0;
    }

    /** Whether one of an event's causes is among them. */
    boolean containAny(List<Long> causes) {
        for (int i = 0; i < causes.size() && size > 0; i++) {
            if (contains(causes.get(i))) {
                return true;
            }
        }
        return false;
    }

    void add(long id) {
        if (size > 0 && id <= ids[size - 1]) {
            return;
        }
        if (size == 2 * kept) {
            System.arraycopy(ids, kept, ids, 0, kept);
            size = kept;
        }
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size * 2);
        }
        ids[size++] = id;
    }
}
