package io.halcyon.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import io.halcyon.api.check.CheckService;
import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventLog;
import io.halcyon.api.vrrp.RouterService;
import io.halcyon.api.vrrp.RouterState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;

/** A jar with a check type of its own comes into {@code deploy/}, is replaced there, and is taken away. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class HotDeployIT {

    private static final String CHECK =
            """
            type = coffee
            interval = 0.2
            timeout = 2
            rise = 1
            fall = 1
            cups = 3
            """;

    private static final String ROUTER =
            """
            interface = ens33
            version = 3
            virtual.router.id = 51
            advert.int = 0.1
            virtual.ipaddress = 192.168.88.50/24
            track.script = cup
            """;

    @Inject
    private CheckService checks;

    @Inject
    private RouterService routers;

    @Inject
    private EventLog events;

    private final Path base = Path.of(System.getProperty("karaf.base", ""));

    @Configuration
    public Option[] container() {
        return Container.options(
                "deploy",
                systemProperty("halcyon.test.first")
                        .value(PluginJar.coffee("1.0.0").toString()),
                systemProperty("halcyon.test.second")
                        .value(PluginJar.coffee("1.1.0").toString()));
    }

    @Test
    public void aCheckTypeComesIsUpdatedAndGoes() throws IOException {
        configure();
        Soon.is("the check waits", this::cup, check -> check.state().equals("waiting for type coffee"));
        Soon.is("the router waits for it", this::state, RouterState.INIT::equals);

        deploy("halcyon.test.first");
        Soon.is("the check runs by itself", this::cup, check -> check.lastReason()
                .equals("3 cups, says version 1.0.0"));
        assertEquals(Health.UP, cup().verdict().health());
        Soon.is("the router is master", this::state, RouterState.MASTER::equals);
        assertEquals(true, coffeeIsListed());

        // UP, BACKUP, MASTER: events come a little after what they tell of.
        long changes = Soon.is("what happened is told", this::changes, told -> told == 3);
        deploy("halcyon.test.second");
        Soon.is("the new version runs", this::cup, check -> check.lastReason().equals("3 cups, says version 1.1.0"));
        assertEquals("an update is no event for anybody", changes, changes());
        assertEquals(RouterState.MASTER, state());

        Files.delete(base.resolve("deploy/coffee.jar"));
        Soon.is("the check waits again", this::cup, check -> check.state().equals("waiting for type coffee"));
        Soon.is("it knows nothing any more", this::cup, check -> check.verdict().health() == Health.UNKNOWN);
        assertEquals(false, coffeeIsListed());
        assertEquals(List.of(), Errors.logged());
    }

    private void configure() throws IOException {
        Files.writeString(base.resolve("etc/io.halcyon.check-cup.cfg"), CHECK);
        Files.writeString(base.resolve("etc/io.halcyon.vrrp-VI_1.cfg"), ROUTER);
    }

    /** As {@code mv} does it: no half of a jar is ever seen. */
    private void deploy(String jar) throws IOException {
        var copy = base.resolve("data/coffee.jar");
        Files.copy(Path.of(System.getProperty(jar)), copy, StandardCopyOption.REPLACE_EXISTING);
        Files.move(copy, base.resolve("deploy/coffee.jar"), StandardCopyOption.ATOMIC_MOVE);
    }

    private CheckStatus cup() {
        return Soon.is("the check exists", () -> checks.check("cup"), Optional::isPresent)
                .orElseThrow();
    }

    private RouterState state() {
        return Soon.is("the router exists", () -> routers.router("VI_1"), Optional::isPresent)
                .orElseThrow()
                .state();
    }

    private boolean coffeeIsListed() {
        return checks.types().stream().anyMatch(type -> type.type().equals("coffee"));
    }

    private long changes() {
        return events.last(1_000).stream()
                .filter(record -> record.event() instanceof Event.RouterTransition
                        || record.event() instanceof Event.VerdictChange)
                .count();
    }
}
