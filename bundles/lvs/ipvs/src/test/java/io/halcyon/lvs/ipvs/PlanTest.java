package io.halcyon.lvs.ipvs;

import static io.halcyon.lvs.ipvs.Orders.DR;
import static io.halcyon.lvs.ipvs.Orders.ending;
import static io.halcyon.lvs.ipvs.Orders.server;
import static io.halcyon.lvs.ipvs.Orders.service;
import static io.halcyon.lvs.ipvs.Orders.tcp;
import static io.halcyon.lvs.ipvs.Orders.udp;
import static io.halcyon.lvs.ipvs.Orders.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.spi.dataplane.Counters;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Desired.Leaving;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Persistence;
import io.halcyon.spi.dataplane.Scheduler;
import io.halcyon.spi.dataplane.SchedulerFlag;
import io.halcyon.spi.dataplane.ServiceKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is wanted and what is found, and what follows from it. */
class PlanTest {

    private static final ServiceKey WEB = tcp("192.0.2.1", 80);
    private static final Destination FIRST = server("10.0.0.11", 1);
    private static final Destination SECOND = server("10.0.0.12", 1);

    @Test
    void nothingIsDoneWhereAllIsRight() {
        Desired web = wanted(WEB, Scheduler.RR, FIRST, SECOND);

        assertThat(plan(web, found(web))).isEqualTo(new Plan(List.of(), List.of(), false));
    }

    @Test
    void aNewServiceComesBeforeItsDestinations() {
        Desired web = wanted(WEB, Scheduler.RR, FIRST, SECOND);

        assertThat(Plan.of(Wish.of(web, false), null).changes())
                .containsExactly(
                        new Change.AddService(WEB, new ServiceSettings("rr", 0, 0, 0, "")), add(FIRST), add(SECOND));
    }

    @Test
    void aWeightTouchesNeitherTheServiceNorOtherDestinations() {
        Destination heavier = server("10.0.0.12", 9);

        Plan plan = plan(wanted(WEB, Scheduler.RR, FIRST, heavier), found(wanted(WEB, Scheduler.RR, FIRST, SECOND)));

        assertThat(plan.changes())
                .containsExactly(new Change.SetDestination(
                        WEB, key(SECOND), DestinationSettings.of(heavier), "weight was 1 instead of 9"));
        assertThat(plan.changes().get(0).found()).isEqualTo("[10.0.0.12]:80 weight was 1 instead of 9");
    }

    @Test
    void aSchedulerIsChangedInPlace() {
        Plan plan = plan(wanted(WEB, Scheduler.WLC, FIRST), found(wanted(WEB, Scheduler.RR, FIRST)));

        assertThat(plan.changes())
                .containsExactly(new Change.SetService(
                        WEB, new ServiceSettings("wlc", 0, 0, 0, ""), "scheduler was rr instead of wlc"));
    }

    @Test
    void whatComesIsThereBeforeWhatGoes() {
        Plan plan = plan(
                new Desired(service(WEB, Scheduler.DH, null), List.of(SECOND), Leaving.KEEP),
                found(wanted(WEB, Scheduler.DH, FIRST)));

        assertThat(plan.changes()).containsExactly(add(SECOND), new Change.RemoveDestination(WEB, key(FIRST)));
    }

    @Test
    void aServerThatLeavesWaitsForItsLastConnectionWithoutNewOnes() {
        Desired web = wanted(WEB, Scheduler.RR, SECOND);
        FoundService found = found(wanted(WEB, Scheduler.RR, FIRST, SECOND));

        Plan plan = plan(web, found);

        assertThat(plan.changes())
                .containsExactly(new Change.SetDestination(
                        WEB, key(FIRST), DestinationSettings.of(FIRST).withWeight(0), "is not wanted"));
        assertThat(plan.lingering()).isTrue();

        found.destinations().put(key(FIRST), waiting(1, 0));
        assertThat(plan(web, found)).isEqualTo(new Plan(List.of(), List.of(), true));
        assertThat(Plan.departures(Wish.of(web, false), found)).isEmpty();
        found.destinations().put(key(FIRST), waiting(0, 2));
        assertThat(Plan.departures(Wish.of(web, false), found)).isEmpty();

        found.destinations().put(key(FIRST), waiting(0, 0));
        assertThat(Plan.departures(Wish.of(web, false), found))
                .containsExactly(new Change.RemoveDestination(WEB, key(FIRST)));
    }

    @Test
    void aWantedServerWithoutWeightDoesNotDepart() {
        Desired web = wanted(WEB, Scheduler.RR, server("10.0.0.11", 0));

        assertThat(Plan.departures(Wish.of(web, false), found(web))).isEmpty();
    }

    @Test
    void aServerThatComesBackBeforeItWasGoneHasItsWeightAgain() {
        FoundService found = found(wanted(WEB, Scheduler.RR, FIRST));
        found.destinations().put(key(FIRST), waiting(1, 0));

        assertThat(plan(wanted(WEB, Scheduler.RR, FIRST), found).changes())
                .containsExactly(new Change.SetDestination(
                        WEB, key(FIRST), DestinationSettings.of(FIRST), "weight was 0 instead of 1"));
    }

    @Test
    void connectionsEndWithTheirServerWhereThatIsAsked() {
        Plan plan = plan(ending(WEB, Scheduler.RR, SECOND), found(wanted(WEB, Scheduler.RR, FIRST, SECOND)));

        assertThat(plan).isEqualTo(new Plan(List.of(), List.of(new Change.RemoveDestination(WEB, key(FIRST))), false));
    }

    @Test
    void whereAServerWithoutWeightWouldGetNewConnectionsItDoesNotWait() {
        assertThat(parting(WEB, Scheduler.SH, null)).isEqualTo(Wish.Parting.LEAVE);
        assertThat(parting(WEB, Scheduler.SH, null, SchedulerFlag.FLAG_1)).isEqualTo(Wish.Parting.LINGER);
        assertThat(parting(WEB, Scheduler.MH, null, SchedulerFlag.FLAG_2)).isEqualTo(Wish.Parting.LEAVE);
        assertThat(parting(WEB, Scheduler.DH, null, SchedulerFlag.FLAG_1)).isEqualTo(Wish.Parting.LEAVE);
        assertThat(parting(WEB, Scheduler.RR, new Persistence(60, 32))).isEqualTo(Wish.Parting.LEAVE);
        assertThat(parting(new ServiceKey.Marked(1, false), Scheduler.RR, null)).isEqualTo(Wish.Parting.LEAVE);
        assertThat(Wish.of(
                                new Desired(
                                        service(WEB, Scheduler.RR, new Persistence(60, 32)), List.of(), Leaving.KEEP),
                                true)
                        .parting())
                .isEqualTo(Wish.Parting.LINGER);
    }

    @Test
    void datagramsGoToAnotherServerAtOnce() {
        assertThat(parting(udp("192.0.2.1", 53), Scheduler.RR, null)).isEqualTo(Wish.Parting.END);
    }

    @Test
    void allOfADestinationCountsAndTheKernelMayCallItLocal() {
        DestinationSettings wanted = DestinationSettings.of(server("10.0.0.11", 80, DR, 1));

        assertThat(new DestinationSettings(1, 1, 0, 0, 0, 0, 0).against(wanted)).isEmpty();
        assertThat(new DestinationSettings(0, 1, 0, 0, 0, 0, 0).against(wanted))
                .isEqualTo("forwarding method was NAT instead of DR");
        assertThat(new DestinationSettings(3, 1, 9, 8, 0, 0, 0).against(wanted))
                .isEqualTo("thresholds were 9 and 8 instead of 0 and 0");
        assertThat(new DestinationSettings(3, 1, 0, 0, 1, 6080, 0).against(wanted))
                .isEqualTo("tunnel was another");
    }

    @Test
    void allOfAServiceCounts() {
        ServiceSettings wanted = new ServiceSettings("rr", 1, 300, -1, "");

        assertThat(new ServiceSettings("rr", 0, 0, 0, "").against(wanted))
                .isEqualTo("flags were 0x0 instead of 0x1, persistence was 0 s instead of 300 s, granularity of"
                        + " persistence was another");
        assertThat(new ServiceSettings("rr", 1, 300, -1, "sip").against(wanted))
                .isEqualTo("persistence had the engine sip");
    }

    @Test
    void aServiceThatNobodyWantsGoesAndItsConnectionsEndIfThatWasAsked() {
        Wanted services = new Wanted();
        services.put(wanted(WEB, Scheduler.RR, FIRST));
        services.remove(WEB);
        assertThat(services.plan(WEB, null)).isEqualTo(new Plan(List.of(), List.of(), false));
        assertThat(services.plan(WEB, found(wanted(WEB, Scheduler.RR, FIRST))))
                .isEqualTo(new Plan(List.of(new Change.RemoveService(WEB)), List.of(), false));

        services.put(ending(WEB, Scheduler.RR, FIRST));
        services.remove(WEB);
        assertThat(services.plan(WEB, found(wanted(WEB, Scheduler.RR, FIRST))))
                .isEqualTo(new Plan(List.of(), List.of(new Change.RemoveService(WEB)), false));
    }

    @Test
    void ordersThatWouldBeForgottenAreCarriedOutFirst() {
        Wanted services = new Wanted();
        services.put(wanted(WEB, Scheduler.RR, FIRST));
        assertThat(services.wouldForget(WEB)).as("another weight").isFalse();

        services.remove(WEB);
        assertThat(services.wouldForget(WEB)).as("it shall be made anew").isTrue();

        services.done(List.of(WEB));
        services.put(ending(WEB, Scheduler.RR));
        assertThat(services.wouldForget(WEB)).as("connections shall end").isTrue();
        services.done(List.of(WEB));
        assertThat(services.wouldForget(WEB)).isFalse();
    }

    @Test
    void whoLeftBeforeDoesNotEndWithWhoLeavesNow() {
        Wanted services = new Wanted();
        services.put(wanted(WEB, Scheduler.RR, FIRST, SECOND));
        services.put(wanted(WEB, Scheduler.RR, SECOND));
        services.put(ending(WEB, Scheduler.RR));

        Plan plan = services.plan(WEB, found(wanted(WEB, Scheduler.RR, FIRST, SECOND)));

        assertThat(plan.endings()).containsExactly(new Change.RemoveDestination(WEB, key(SECOND)));
        assertThat(plan.lingering()).as("connections of the first go on").isTrue();
    }

    @Test
    void thePictureFollowsWhatWasDone() {
        Picture picture = new Picture(List.of());
        Desired web = wanted(WEB, Scheduler.RR, FIRST, SECOND);
        Plan.of(Wish.of(web, false), null).changes().forEach(picture::made);
        assertThat(plan(web, picture.service(WEB)).changes()).isEmpty();

        Desired other = wanted(WEB, Scheduler.WRR, FIRST, server("10.0.0.12", 5));
        plan(other, picture.service(WEB)).changes().forEach(picture::made);
        assertThat(plan(other, picture.service(WEB)).changes()).isEmpty();

        picture.made(new Change.RemoveDestination(WEB, key(FIRST)));
        assertThat(plan(other, picture.service(WEB)).changes()).containsExactly(add(FIRST));
        picture.made(new Change.RemoveService(WEB));
        assertThat(picture.service(WEB)).isNull();
    }

    private static Plan plan(Desired wanted, FoundService found) {
        return Plan.of(Wish.of(wanted, false), found);
    }

    private static FoundService found(Desired as) {
        Map<DestinationKey, FoundDestination> destinations = new LinkedHashMap<>();
        for (Destination destination : as.destinations()) {
            destinations.put(key(destination), FoundDestination.made(DestinationSettings.of(destination)));
        }
        return new FoundService(as.service().key(), ServiceSettings.of(as.service()), Counters.NONE, destinations);
    }

    private static FoundDestination waiting(long active, long inactive) {
        return new FoundDestination(DestinationSettings.of(FIRST).withWeight(0), active, inactive, Counters.NONE);
    }

    private static Wish.Parting parting(
            ServiceKey key, Scheduler scheduler, Persistence persistence, SchedulerFlag... flags) {
        return Wish.of(new Desired(service(key, scheduler, persistence, flags), List.of(), Leaving.KEEP), false)
                .parting();
    }

    private static Change add(Destination destination) {
        return new Change.AddDestination(WEB, key(destination), DestinationSettings.of(destination));
    }

    private static DestinationKey key(Destination destination) {
        return DestinationKey.of(destination);
    }
}
