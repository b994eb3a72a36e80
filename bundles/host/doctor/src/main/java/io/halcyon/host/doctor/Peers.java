package io.halcyon.host.doctor;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.event.Severity;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.api.vrrp.RouterStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Whether peers are heard with other settings than ours, or with our priority. What was counted is only a finding if it is
 * still counted: a peer may be cured by now, and counters never go back.
 */
final class Peers implements Examination {

    /** Lets time pass until the routers have been watched for as long as wanted. */
    interface Pause {
        void pause(Duration watched) throws InterruptedException;
    }

    private static final long SHORTEST_MILLIS = 300;
    private static final long LONGEST_MILLIS = 2_100;

    private final Supplier<List<RouterStatus>> routers;
    private final Pause pause;
    private final Recollection recollection;

    Peers(Supplier<List<RouterStatus>> routers, Pause pause, Recollection recollection) {
        this.routers = routers;
        this.pause = pause;
        this.recollection = recollection;
    }

    @Override
    public String subject() {
        return "peers";
    }

    @Override
    public void look(Situation situation, Sheet sheet) {
        List<RouterStatus> before = situation.routers();
        List<RouterStatus> after = before;
        long millis = before.stream().mapToLong(Peers::patienceMillis).max().orElse(0);
        if (millis > 0) {
            try {
                pause.pause(Duration.ofMillis(millis));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            after = routers.get();
        }
        for (RouterStatus now : after) {
            samePriority(now, sheet);
            before.stream()
                    .filter(then -> then.name().equals(now.name()))
                    .forEach(then -> compare(then, now, situation, sheet));
        }
        recollection.remember(after);
        if (!after.isEmpty()) {
            sheet.examined("peers: priorities and settings that "
                    + String.join(", ", after.stream().map(RouterStatus::name).toList()) + " heard"
                    + (millis > 0 ? ", watched for " + millis + " ms" : ""));
        }
    }

    /** How long to watch a router: more than an interval, if it ever heard something that is worth it. */
    private static long patienceMillis(RouterStatus router) {
        boolean suspicious = PeerFault.ALL.stream().anyMatch(fault -> count(router.faults(), fault.name()) > 0)
                || (router.state() == RouterState.MASTER && count(router.counters(), "adverts.received") > 0);
        if (count(router.faults(), "INTERVAL_MISMATCH") > 0) {
            // The peer's interval is not ours, and may be longer.
            return LONGEST_MILLIS;
        }
        long interval = count(router.timers(), "advert.int");
        return suspicious ? Math.min(LONGEST_MILLIS, Math.max(SHORTEST_MILLIS, interval * 5 / 4)) : 0;
    }

    private static void samePriority(RouterStatus router, Sheet sheet) {
        boolean allWell = router.tracks().stream().noneMatch(track -> Boolean.FALSE.equals(track.ok()));
        if (router.state() != RouterState.BACKUP
                || router.master() == null
                || router.masterPriority() != router.effectivePriority()
                || !allWell) {
            return;
        }
        sheet.found(
                Severity.WARNING,
                title(router),
                router.master() + " is master with priority " + router.masterPriority() + ", which is ours, too",
                "of equal priorities the higher address wins: who is master is left to chance, and a failed check must take less to"
                        + " move the addresses than it should",
                "bin/halcyon vrrp:priority " + router.name() + " "
                        + Math.max(1, router.basePriority() - 10) + " (to keep it: priority in etc/io.halcyon.vrrp-"
                        + router.name() + ".cfg; or give the other host another one)");
    }

    private void compare(RouterStatus then, RouterStatus now, Situation situation, Sheet sheet) {
        int before = sheet.findings().size();
        RouterStatus last = recollection.of(now.name());
        for (PeerFault fault : PeerFault.ALL) {
            long all = count(now.faults(), fault.name());
            long fresh = all - count(then.faults(), fault.name());
            long seen = last == null ? 0 : count(last.faults(), fault.name());
            // Counters begin anew with their router.
            long recent = seen > all ? all : all - seen;
            if (fresh > 0 || (recent > 0 && isOpen(fault, now))) {
                sheet.found(
                        fresh > 0 || last != null ? fault.severity(now.version()) : Severity.INFO,
                        title(now),
                        fault.found() + " (advertisements just now: " + fresh
                                + (last == null ? "" : ", since the last look: " + recent) + ", since the start: " + all
                                + ")" + detail(fault, now, situation),
                        fault.why(now.version()),
                        fault.cure().replace("NAME", now.name()));
            }
        }
        if (sheet.findings().size() == before) {
            secondMaster(then, now, sheet);
        }
    }

    /**
     * Whether we cannot tell that it is over: a backup hears a master that it agrees with, at every interval that is short enough
     * to be waited for; a master hears nobody when all is well, and a peer that hears strange things itself may be slow.
     */
    private static boolean isOpen(PeerFault fault, RouterStatus now) {
        boolean dropped = now.version() < fault.tolerated() && !hearsMaster(now);
        return dropped || count(now.timers(), "advert.int") * 5 / 4 > LONGEST_MILLIS;
    }

    private static boolean hearsMaster(RouterStatus router) {
        Map<String, Long> timers = router.timers();
        long silent = count(timers, "master.down") - count(timers, "due.in");
        return router.state() == RouterState.BACKUP && silent <= count(timers, "advert.int") * 3 / 2;
    }

    private static String detail(PeerFault fault, RouterStatus router, Situation situation) {
        return switch (fault.name()) {
            case "INTERVAL_MISMATCH" -> "; ours is advert.int = "
                    + situation
                            .configured("io.halcyon.vrrp", router.name())
                            .flatMap(object -> object.value("advert.int"))
                            .orElse("1")
                    + (router.version() == 3 ? ", followed is " + count(router.timers(), "advert.int") + " ms" : "");
            case "ADDRESS_MISMATCH" -> situation.events().stream()
                    .map(EventRecord::event)
                    .filter(event -> event.object().equals(router.name())
                            && event instanceof Event.AddressConflict conflict
                            && conflict.what().contains("advertises other addresses"))
                    .reduce((first, last) -> last)
                    .map(event -> "; " + event.text().strip())
                    .orElse("");
            case "VERSION_MISMATCH" -> "; ours is version " + router.version();
            default -> "";
        };
    }

    /** Somebody goes on advertising although we do: it does not hear us. */
    private static void secondMaster(RouterStatus then, RouterStatus now, Sheet sheet) {
        long heard = count(now.counters(), "adverts.received") - count(then.counters(), "adverts.received");
        boolean both = then.state() == RouterState.MASTER
                && now.state() == RouterState.MASTER
                && then.since().equals(now.since());
        if (both && heard > 1) {
            sheet.found(
                    Severity.CRITICAL,
                    title(now),
                    "another host advertises as master beside us (advertisements just now: " + heard + ")",
                    "two hosts answer for the addresses; the other one does not hear us, or drops what it hears",
                    "bin/halcyon ha:doctor on the other host (with keepalived: nft list ruleset, and its log)");
        }
    }

    private static String title(RouterStatus router) {
        return router.name() + " on " + router.networkInterface();
    }

    private static long count(Map<String, Long> counters, String name) {
        return counters.getOrDefault(name, 0L);
    }
}
