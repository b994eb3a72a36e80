package io.halcyon.notify.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.event.EventFilter;
import io.halcyon.api.event.Severity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutesTest {

    @TempDir
    Path directory;

    private final ScheduledThreadPoolExecutor alarms = Threads.timer(() -> "alarms");
    private final Routes routes = new Routes();
    private Courier one;
    private Courier two;

    @BeforeEach
    void start() {
        one = courier("one");
        two = courier("two");
    }

    @AfterEach
    void stop() {
        one.leave(System.nanoTime());
        two.leave(System.nanoTime());
        alarms.shutdownNow();
    }

    @Test
    void anEventFindsThoseThatNameItsObject() {
        routes.add(one, objects("web", "mail"));
        routes.add(two, objects("web"));

        assertThat(routes.naming("web")).containsExactly(one, two);
        assertThat(routes.naming("mail")).containsExactly(one);
        assertThat(routes.naming("dns")).isEmpty();
        assertThat(routes.unnamed()).isEmpty();
    }

    @Test
    void whatIsNotSaidByNamesIsForAll() {
        for (var filter : List.of(objects(), objects("!web"), objects("web*"), objects("web", "m?il"))) {
            routes.add(one, filter);
            assertThat(routes.unnamed()).containsExactly(one);
            assertThat(routes.naming("web")).isEmpty();
            routes.remove(one, filter);
            assertThat(routes.unnamed()).isEmpty();
        }
        routes.add(one, objects("web", "!w*"));
        assertThat(routes.naming("web")).containsExactly(one);
        assertThat(routes.unnamed()).isEmpty();
    }

    @Test
    void aChangeLeavesOutWhatIsWantedNoMoreAndNeverWhatStillIs() {
        var filters = List.of(objects("web", "mail"), objects("mail", "dns"), objects(), objects("w*"), objects("web"));
        for (var old : filters) {
            for (var now : filters) {
                routes.add(one, old);
                routes.add(one, now);
                routes.change(one, old, now);

                for (var name : List.of("web", "mail", "dns")) {
                    boolean named = now.objects().contains(name);
                    assertThat(routes.naming(name)).as("%s to %s", old, now).hasSize(named ? 1 : 0);
                }
                boolean unnamed = now.objects().isEmpty() || now.objects().contains("w*");
                assertThat(routes.unnamed()).as("%s to %s", old, now).hasSize(unnamed ? 1 : 0);
                routes.remove(one, now);
            }
        }
    }

    private Courier courier(String name) {
        var office = new Office(Pace.USUAL, alarms, new Recent(0), new MaintenanceWatch(directory), directory);
        return new Courier(name, Settings.of(name, Map.of()), office);
    }

    private static EventFilter objects(String... patterns) {
        return new EventFilter(Set.of(), Severity.INFO, List.of(patterns), null);
    }
}
