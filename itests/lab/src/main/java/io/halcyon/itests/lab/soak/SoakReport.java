package io.halcyon.itests.lab.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of a run, as a table for people; also a section of {@code docs/figures.md}. */
final class SoakReport {

    private final List<Incident> incidents = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();
    private final List<String> causeless = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
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

    void answeredTwice(int count) {
        doubles = count;
    }

    boolean good() {
        return causeless.isEmpty()
                && failed.isEmpty()
                && doubles == 0
                && incidents.stream().noneMatch(incident -> incident.flapped() || incident.lostForNothing());
    }

    String markdown() {
        var text = new StringBuilder("| fault | times | lost probes | longest time without an answer, ms | moves |\n");
        text.append("| --- | --: | --: | --: | --: |\n");
        for (var trouble : Trouble.values()) {
            var some = incidents.stream()
                    .filter(incident -> incident.trouble() == trouble)
                    .toList();
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %.0f | %d |%n",
                    name(trouble),
                    some.size(),
                    some.stream().mapToInt(one -> one.service().lost()).sum(),
                    some.stream()
                            .mapToDouble(one -> one.service().outageMillis())
                            .max()
                            .orElse(0),
                    some.stream().mapToInt(Incident::moves).sum()));
        }
        text.append(String.format(
                Locale.ROOT,
                "%n- %d faults; probes answered by two hosts: %d; transitions without a cause: %d; faults after which it flapped: %d.%n",
                incidents.size(),
                doubles,
                causeless.size(),
                incidents.stream().filter(Incident::flapped).count()));
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
