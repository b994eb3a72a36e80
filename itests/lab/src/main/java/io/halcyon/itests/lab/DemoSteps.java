package io.halcyon.itests.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The steps of the demonstration, in order. Each begins with h1 as master and says what must come of it. */
final class DemoSteps {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String VIP = DemoStage.VIP;
    private static final int HANDOVER_PINGS = 25;
    private static final int VRID = 51;
    private static final double MASTER_DOWN_MILLIS = 3700;

    private final DemoStage stage;
    private final DemoReport report;
    private final Wire wire;

    DemoSteps(DemoStage stage, DemoReport report) {
        this.stage = stage;
        this.report = report;
        this.wire = new Wire(stage.capture(), VRID);
    }

    void run() {
        step("takeover at start", "start Halcyon on h1 and h2", "h1", this::start, this::preferredHolds);
        step(
                "planned stop",
                "SIGTERM to Halcyon on h1",
                "h2",
                () -> stage.first().stop(LIMIT),
                this::nothingLost);
        step(
                "return with preemption",
                "start it again",
                "h1",
                () -> stage.first().start(),
                this::fewPings);
        step(
                "nginx killed",
                "kill -9 nginx on h1; the check restarts it",
                "h1",
                () -> stage.nginx().kill(),
                this::restarted);
        step(
                "nginx broken for good",
                "it cannot start any more",
                "h2",
                () -> stage.nginx().breakForGood(),
                this::mailed);
        step(
                "nginx repaired",
                "nginx runs again on h1",
                "h1",
                () -> stage.nginx().repair(),
                this::fewPings);
        step(
                "kill -9 of the daemon",
                "h1's kernel must drop the address",
                "h2",
                () -> stage.first().kill(),
                this::leaseEnded);
        step(
                "return after the kill",
                "start it again",
                "h1",
                () -> stage.first().start(),
                this::fewPings);
        step(
                "daemon frozen",
                "SIGSTOP to Halcyon on h1",
                "h2",
                () -> stage.first().freeze(),
                this::leaseEnded);
        step("daemon thawed", "SIGCONT", "h1", () -> stage.first().thaw(), this::fewPings);
        step(
                "cable cut",
                "h1's interface loses its carrier",
                "h2",
                () -> stage.lab().cut("h1"),
                this::oneMasterDown);
        step("cable healed", "return with preemption", "h1", () -> stage.lab().heal("h1"), this::fewPings);
    }

    /** What a step must show besides who answers. */
    private record Seen(
            long from, long to, int mailsBefore, Answers.Service pings, int lostPages, List<String> failures) {

        void require(boolean condition, String failure) {
            if (!condition) {
                failures.add(failure);
            }
        }
    }

    private void step(String name, String what, String host, Runnable event, Consumer<Seen> expectation) {
        report.begin(name, what);
        int mailsBefore = stage.mails().mails().size();
        long from = Times.now();
        event.run();
        long served = settled(host, from);
        long to = Times.now();
        var pings = stage.pings().of(VIP).between(from, to);
        int lostPages =
                (int) pages(from, to).stream().filter(page -> !page.good()).count();
        var seen = new Seen(from, to, mailsBefore, pings, lostPages, new ArrayList<>());
        try {
            expectation.accept(seen);
        } catch (LabException e) {
            seen.failures().add(String.valueOf(e.getMessage()));
        }
        var hosts = pages(from - 100_000_000, to).stream()
                .filter(HttpProbe.Answer::good)
                .map(HttpProbe.Answer::host)
                .distinct()
                .toList();
        report.end(new DemoReport.Row(
                name,
                lostPages + pings.lost() == 0 ? 0 : Times.millis(from, served),
                pings.lost(),
                lostPages,
                hosts,
                String.join("; ", seen.failures())));
    }

    private List<HttpProbe.Answer> pages(long from, long to) {
        return stage.pages().since(from).stream()
                .filter(page -> page.askedAt() <= to)
                .toList();
    }

    /** Waits until the host has served every page for half a second and alone advertises; returns since when. */
    private long settled(String host, long from) {
        Await.until(host + " serves http://" + VIP + "/ alone", LIMIT, () -> {
            long quiet = Times.now() - 1_500_000_000L;
            var pages = stage.pages().since(Math.max(from, quiet));
            return pages.size() > 20
                    && pages.stream().allMatch(page -> page.host().equals(host))
                    && wire.reigns(Math.max(from, quiet), Times.now()).equals(List.of(host));
        });
        var all = stage.pages().since(from);
        int last = all.size();
        while (last > 0 && all.get(last - 1).host().equals(host)) {
            last--;
        }
        return all.get(Math.min(last, all.size() - 1)).answeredAt();
    }

    private void start() {
        stage.first().start();
        stage.second().start();
    }

    /** Their master-down intervals are 40 ms apart: h2 may be the first, if it happens to boot faster. */
    private void preferredHolds(Seen seen) {
        seen.require(stage.addresses().present("h1", VIP), "h1 does not hold the address");
        seen.require(!stage.addresses().present("h2", VIP), "h2 still holds the address");
    }

    private void nothingLost(Seen seen) {
        seen.require(seen.pings().lost() == 0, "pings were lost");
        seen.require(seen.lostPages() == 0, "pages were lost");
        seen.require(wire.resignations("h1", seen.from()).size() == 2, "priority 0 was not sent twice");
    }

    private void fewPings(Seen seen) {
        seen.require(seen.pings().lost() <= HANDOVER_PINGS, "more than " + HANDOVER_PINGS + " pings were lost");
    }

    private void restarted(Seen seen) {
        seen.require(stage.nginx().processes() > 1, "nginx does not run on h1");
        seen.require(seen.pings().lost() == 0, "the address moved");
        seen.require(wire.adverts("h2", seen.from()).isEmpty(), "h2 was master in between");
    }

    private void mailed(Seen seen) {
        fewPings(seen);
        var mail = stage.mails()
                .awaitAfter(
                        seen.mailsBefore(),
                        "h1 tells that it is no longer master",
                        LIMIT,
                        text -> text.contains("Subject: [lb-a]") && text.contains("VI_1: MASTER -> BACKUP"));
        mail.lines().filter(line -> line.startsWith("Subject:")).forEach(report::note);
    }

    private void leaseEnded(Seen seen) {
        fewPings(seen);
        long gone = stage.addresses().awaitGone("h1", VIP, seen.from(), LIMIT);
        var renewal = stage.addresses().lastRenewal("h1", VIP).orElseThrow();
        report.note("h1's kernel removed the address %.0f ms after its last renewal (lease %d s)"
                .formatted(Times.millis(renewal.at(), gone), renewal.validSeconds()));
        double limit = renewal.validSeconds() * 1000 + 1100;
        seen.require(Times.millis(renewal.at(), gone) <= limit, "the address outlived its lease");
    }

    private void oneMasterDown(Seen seen) {
        seen.require(seen.pings().outageMillis() < MASTER_DOWN_MILLIS, "the takeover took too long");
    }
}
