package io.halcyon.itests.lab.soak;

import io.halcyon.itests.lab.Claims;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of a run, as a table for people; also a section of {@code docs/figures.md}. */
final class SoakReport {

    private static final String MEANING =
            "- A request goes to all hosts, each 10 ms. A killed or frozen host's kernel answers until its lease is over, so two hosts answer"
                    + " after the takeover. Who hands over is silent from the new master's first advertisement on; what is counted there is"
                    + " the time until it has heard it.\n";

    private final List<Incident> incidents = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();
    private final List<String> causeless = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private int asked;
    private int unanswered;
    private int doubles;

    void add(Incident incident) {
        incidents.add(incident);
    }

    void add(Sample sample) {
        samples.add(sample);
    }

    /** A transition in the log that says no cause, or one on the wire while nothing was done to anybody. */
    void causeless(String what) {
        causeless.add(what);
    }

    /** A fault that could not be done, so that nothing was tried. */
    void failed(String what) {
        failed.add(what);
    }

    /** What became of requests while nothing was done to anybody. */
    void undisturbed(Claims.Tally claims) {
        asked += claims.asked();
        unanswered += claims.unanswered();
        doubles += claims.byTwo();
    }

    boolean good() {
        return causeless.isEmpty()
                && failed.isEmpty()
                && unanswered == 0
                && doubles == 0
                && incidents.stream()
                        .noneMatch(one -> one.flapped() || one.lostForNothing() || one.claimedForNothing());
    }

    String markdown() {
        var text = new StringBuilder("| fault | times | lost probes | longest time without an answer, ms | moves"
                + " | requests answered by two | for at most, ms |\n");
        text.append("| --- | --: | --: | --: | --: | --: | --: |\n");
        for (var trouble : Trouble.values()) {
            var some = incidents.stream()
                    .filter(incident -> incident.trouble() == trouble)
                    .toList();
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %.0f | %d | %d | %.0f |%n",
                    name(trouble),
                    some.size(),
                    some.stream().mapToInt(one -> one.service().lost()).sum(),
                    some.stream()
                            .mapToDouble(one -> one.service().outageMillis())
                            .max()
                            .orElse(0),
                    some.stream().mapToInt(Incident::moves).sum(),
                    some.stream().mapToInt(one -> one.claims().byTwo()).sum(),
                    some.stream()
                            .mapToDouble(one -> one.claims().longestByTwoMillis())
                            .max()
                            .orElse(0)));
        }
        text.append(String.format(
                Locale.ROOT,
                "%n- %d faults; transitions without a cause: %d; faults after which it flapped: %d.%n",
                incidents.size(),
                causeless.size(),
                incidents.stream().filter(Incident::flapped).count()));
        text.append(String.format(
                Locale.ROOT,
                "- Between the faults two hosts answered %d of %d ARP requests for the address, and none answered %d.%n",
                doubles,
                asked,
                unanswered));
        text.append(MEANING);
        causeless.forEach(
                what -> text.append("- Without a cause: ").append(what).append('\n'));
        failed.forEach(what -> text.append("- Could not be done: ").append(what).append('\n'));
        incidents.stream()
                .filter(Incident::lostForNothing)
                .forEach(one -> text.append(String.format(
                        Locale.ROOT,
                        "- Noticed although planned: %s of %s, %d probes lost (%s).%n",
                        name(one.trouble()),
                        one.host(),
                        one.service().lost(),
                        String.join("; ", one.service().losses()))));
        incidents.stream()
                .filter(Incident::claimedForNothing)
                .forEach(one -> text.append(String.format(
                        Locale.ROOT,
                        "- Answered by two for longer than it explains: %s of %s, %.0f ms.%n",
                        name(one.trouble()),
                        one.host(),
                        one.claims().longestByTwoMillis())));
        samples.forEach(sample -> text.append(String.format(
                Locale.ROOT,
                "- After %.0f min, with processes of %.1f and %.1f min: resident %s kB, open files %s.%n",
                sample.minutes(),
                sample.lives().get(0),
                sample.lives().get(1),
                sample.residentKilobytes(),
                sample.descriptors())));
        return text.toString();
    }

    private static String name(Trouble trouble) {
        return trouble.name().toLowerCase(Locale.ROOT);
    }
}
