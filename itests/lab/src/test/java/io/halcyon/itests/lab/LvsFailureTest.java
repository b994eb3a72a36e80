package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Real servers fail and recover: what clients notice, who is told, and who says sorry. */
@Tag("lab")
@Isolated("its hosts want the processors that others measure on")
class LvsFailureTest {

    private static final String SERVICE = Farm.VIP + " 80";
    private static final String SORRY = "sorry.server = " + Farm.address(Farm.SORRY) + " " + Farm.PORT;
    private static final Duration STEADY = Director.seconds(1);

    /** From the decision to the kernel's last packet the old way. */
    private static final long APPLIED_NANOS = Director.seconds(0.5).toNanos();

    /** What it is called with, and what it is told, as one line. */
    private static final String SCRIPT =
            """
            cat >/run/lab/told.sh <<'END'
            #!/bin/sh
            echo "$1 $HALCYON_OBJECT $HALCYON_FROM-$HALCYON_TO $HALCYON_VIRTUAL_SERVER $HALCYON_REAL_SERVER" >>/run/lab/told
            END
            chmod 755 /run/lab/told.sh
            touch /run/lab/told
            """;

    private static Farm farm;
    private static Director director;
    private static WebClient client;

    @BeforeAll
    static void start() {
        farm = Farm.create("lvs-failure");
        farm.director().shell("mkdir -p /run/lab\n" + SCRIPT);
        director = new Director(farm);
        client = new WebClient(farm.lab().client());
        Directories.write(
                director.node().etc().resolve("io.halcyon.notify-ops.cfg"),
                "type = smtp\nevents = server\nnotification.email = ops@example.org\n");
        director.write("web", SERVICE, Director.QUICK, "lvs.sched = rr");
        director.start("web");
    }

    @AfterAll
    static void stop() {
        director.close();
        farm.close();
    }

    @AfterEach
    void everybodyServes() throws IOException {
        for (var server : Farm.SERVERS) {
            if (farm.nginx(server).processes() == 0) {
                farm.nginx(server).start();
            }
            farm.page(server, "/health", "fine");
        }
        director.write("web", SERVICE, Director.QUICK, "lvs.sched = rr");
        director.awaitAllInService("web");
        Files.deleteIfExists(director.file("quorum"));
    }

    /** Nobody waits in vain once the death is known, and nobody at all notices that the server comes back. */
    @Test
    void aDeathUnderLoadCostsNothingOnceItIsKnown() {
        director.awaitAllInService("web");
        try (var load = new WebLoad(farm.lab(), Farm.VIP, 80, 4, 6)) {
            var victim = Await.found("a client that keeps its connection", Director.LIMIT, () -> load.since(0).stream()
                    .filter(WebLoad.Request::kept)
                    .map(WebLoad.Request::host)
                    .findFirst());
            Await.pass(STEADY, "all is well for a while");
            assertThat(load.failedSince(0)).isEmpty();

            long killed = Times.now();
            farm.nginx(victim).kill();
            var status = director.awaitState("web", victim, "out of service");
            Await.pass(STEADY, "the load goes on without it");
            long known = Director.since(status);
            long started = Times.now();
            farm.nginx(victim).start();
            director.awaitState("web", victim, "in service");
            long back = Times.now();
            Await.until("it serves again", Director.LIMIT, () -> load.since(back).stream()
                    .anyMatch(request -> request.host().equals(victim)));

            var failed = load.failedSince(killed);
            long last =
                    failed.stream().mapToLong(WebLoad.Request::askedAt).max().orElse(killed);
            long kept = failed.stream().filter(WebLoad.Request::kept).count();
            System.out.printf(
                    "death of a real server: known after %.0f ms; of %d requests meanwhile %d over new and %d over kept"
                            + " connections failed, the last one %.0f ms after the death; of %d after that: 0;"
                            + " back %.0f ms after its start%n",
                    Times.millis(killed, known),
                    load.between(killed, known).size(),
                    failed.size() - kept,
                    kept,
                    Times.millis(killed, last),
                    load.since(last + 1).size(),
                    Times.millis(started, Director.since(director.realServer("web", victim))));
            assertThat(failed).as("the death was noticed at all").isNotEmpty();
            assertThat(kept).as("each kept connection breaks once").isLessThanOrEqualTo(6);
            assertThat(Times.millis(killed, known)).isLessThan((double) Director.DETECTION.toMillis());
            assertThat(last).as("errors beyond the detection").isLessThan(known + APPLIED_NANOS);
        }
    }

    @Test
    void aPageThatChangesTakesItsServerOut() {
        var digest = Director.md5(client.get(null, Farm.VIP, 80, "/health").bytes());
        director.write("web", SERVICE, Director.QUICK, "lvs.sched = rr", "check.health.digest = " + digest);
        director.awaitAllInService("web");

        farm.page("h3", "/health", "moved to another place");
        var status = director.awaitState("web", "h3", "out of service");

        assertThat(status.get("reason").asText()).contains("MD5", "expected is " + digest);
        assertThat(asked(6)).doesNotContainKey("h3");

        farm.page("h3", "/health", "fine");
        director.awaitState("web", "h3", "in service");
        assertThat(asked(6)).containsEntry("h3", 2L);
    }

    /** Two of three make a quorum; what is left serves until then, and who says sorry serves while there is none. */
    @Test
    void whoeverIsToBeToldIsToldOnceAndTheSorryServerServesMeanwhile() {
        try (var mails = new MailCatcher().listen(farm.director(), "127.0.0.1", 25)) {
            director.write(
                    "quorum",
                    Farm.SECOND_VIP + " 80",
                    Director.QUICK,
                    SORRY,
                    "lvs.sched = rr",
                    "quorum = 2",
                    "quorum.up = /run/lab/told.sh quorum-up",
                    "quorum.down = /run/lab/told.sh quorum-down",
                    "real.server.h2.notify.up = /run/lab/told.sh up",
                    "real.server.h2.notify.down = /run/lab/told.sh down",
                    "real.server.h3.notify.down = /run/lab/told.sh down");
            director.awaitApplied("quorum");
            director.awaitAllInService("quorum");
            assertThat(director.virtualServer("quorum").get("sorry").asBoolean())
                    .isFalse();
            var before = told();

            farm.nginx("h2").kill();
            director.awaitState("quorum", "h2", "out of service");
            assertThat(askedAtQuorum()).containsOnlyKeys("h3", "h4");
            farm.nginx("h3").kill();
            director.awaitState("quorum", "sorry", "sorry");
            assertThat(askedAtQuorum()).containsOnlyKeys(Farm.SORRY);
            // What another test's virtual server lost may still be on its way.
            var mail = mails.await(
                    "the end of h2",
                    Director.LIMIT,
                    text -> text.contains("DOWN")
                            && text.contains("[192.168.200.2]")
                            && text.contains("[192.168.88.101]:tcp:80"));
            assertThat(mail).contains("Subject: ").contains("CHECK failed on service");

            farm.nginx("h2").start();
            director.awaitState("quorum", "h2", "in service");
            assertThat(askedAtQuorum()).containsOnlyKeys("h2", "h4");
            farm.nginx("h3").start();
            director.awaitState("quorum", "h3", "in service");

            Await.until("the last script has run", Director.LIMIT, () -> told().size() >= before.size() + 5);
            Await.pass(STEADY, "nothing else is told");
            assertThat(told().subList(before.size(), told().size()))
                    .containsExactlyInAnyOrder(
                            "down quorum UP-DOWN [192.168.88.101]:tcp:80 [192.168.200.2]:tcp:8080",
                            "down quorum UP-DOWN [192.168.88.101]:tcp:80 [192.168.200.3]:tcp:8080",
                            "quorum-down quorum UP-DOWN [192.168.88.101]:tcp:80",
                            "up quorum DOWN-UP [192.168.88.101]:tcp:80 [192.168.200.2]:tcp:8080",
                            "quorum-up quorum DOWN-UP [192.168.88.101]:tcp:80");
        }
    }

    /** A client of a virtual server without anybody is refused at once. */
    @Test
    void whereNobodyIsLeftClientsAreToldAtOnce() {
        Farm.SERVERS.forEach(server -> farm.nginx(server).kill());
        Farm.SERVERS.forEach(server -> director.awaitState("web", server, "out of service"));
        long asked = Times.now();

        assertThat(catchThrowable(() -> client.get(null, Farm.VIP, 80, "/"))).hasRootCauseMessage("Connection refused");
        assertThat(Times.millis(asked, Times.now()))
                .isLessThan((double) Director.seconds(1).toMillis());
    }

    private static List<String> told() {
        return farm.director()
                .run("cat", "/run/lab/told")
                .lines()
                .map(String::strip)
                .toList();
    }

    private static Map<String, Long> asked(int times) {
        return asked(Farm.VIP, times);
    }

    private static Map<String, Long> askedAtQuorum() {
        return asked(Farm.SECOND_VIP, 6);
    }

    private static Map<String, Long> asked(String address, int times) {
        return Director.census(IntStream.range(0, times)
                .mapToObj(i -> client.get(null, address, 80, "/").text())
                .toList());
    }
}
