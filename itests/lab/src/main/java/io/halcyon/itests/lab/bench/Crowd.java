package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Router;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Routers whose advertisements are watched, and ten that get edited meanwhile.
 *
 * @param title how it is called in the figures
 * @param routers what runs from the start
 * @param edited what is edited at work; not among those that are watched then
 * @param intervalMillis nominal interval of those that are watched
 */
record Crowd(String title, List<Router> routers, List<Router> edited, double intervalMillis, int watchSeconds) {

    private static final int EDITED = 10;
    private static final int MOST = 255;
    private static final int AFTER_THE_WATCHED = 100;

    /** One router at 10 ms; the ten come when the work begins. */
    static Crowd fast() {
        var edited = range(AFTER_THE_WATCHED, AFTER_THE_WATCHED + EDITED - 1)
                .map(router -> router.withInterval("1"))
                .toList();
        return new Crowd("0.01 s, 1 router", List.of(router(1).withInterval("0.01")), edited, 10, 20);
    }

    /** As many as one network has room for, at 100 ms; ten of them are edited. */
    static Crowd many() {
        return new Crowd(
                "0.1 s, 255 routers", range(1, MOST).toList(), range(1, EDITED).toList(), 100, 20);
    }

    private static Stream<Router> range(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Crowd::router);
    }

    private static Router router(int vrid) {
        return Router.version3(vrid, 100, "10.88.16." + vrid);
    }

    boolean isOne() {
        return routers.size() == 1;
    }

    boolean edits(int vrid) {
        return edited.stream().anyMatch(router -> router.vrid() == vrid);
    }

    /** All routers, the edited ones as the edit makes them. */
    List<Router> editedTo(int priority) {
        return Stream.concat(
                        routers.stream().filter(router -> !edits(router.vrid())),
                        edited.stream().map(router -> router.withPriority(priority)))
                .toList();
    }
}
