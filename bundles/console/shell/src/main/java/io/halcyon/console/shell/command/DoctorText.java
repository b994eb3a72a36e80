package io.halcyon.console.shell.command;

import io.halcyon.api.doctor.Diagnosis;
import io.halcyon.api.doctor.Doctor;
import io.halcyon.api.doctor.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What doctors say, for a person. */
final class DoctorText {

    private static final int INDENT = 10;
    private static final String LABEL = "%-" + INDENT + "s%s\n";

    private DoctorText() {}

    /** All of them asked in turn, the worst finding first. One that fails does not silence the others. */
    static Diagnosis together(List<Doctor> doctors) {
        List<String> examined = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        List<String> notExamined = new ArrayList<>();
        for (Doctor doctor : doctors) {
            try {
                Diagnosis diagnosis = doctor.examine();
                examined.addAll(diagnosis.examined());
                findings.addAll(diagnosis.findings());
                notExamined.addAll(diagnosis.notExamined());
            } catch (RuntimeException e) {
                notExamined.add(doctor.getClass().getName() + " failed: " + e);
            }
        }
        findings.sort(Comparator.comparing(Finding::severity).reversed());
        return new Diagnosis(examined, findings, notExamined);
    }

    static String text(Diagnosis diagnosis, int columns) {
        StringBuilder text = new StringBuilder();
        List<Finding> findings = diagnosis.findings();
        text.append(
                switch (findings.size()) {
                    case 0 -> "nothing wrong was found\n";
                    case 1 -> "1 finding\n";
                    default -> findings.size() + " findings\n";
                });
        findings.forEach(finding -> text.append('\n').append(text(finding, columns)));
        return text
                + Words.section("examined", diagnosis.examined(), columns)
                + Words.section("not examined", diagnosis.notExamined(), columns);
    }

    private static String text(Finding finding, int columns) {
        return line(finding.severity().name(), finding.object(), columns)
                + line("  found", finding.found(), columns)
                + line("  why", finding.why(), columns)
                // A command that is to be copied must not be broken into lines.
                + LABEL.formatted("  cure", finding.cure());
    }

    private static String line(String label, String text, int columns) {
        List<String> lines = Table.wrapped(text, Math.max(Table.LEAST_LAST, columns - INDENT));
        return LABEL.formatted(label, String.join("\n" + " ".repeat(INDENT), lines));
    }
}
