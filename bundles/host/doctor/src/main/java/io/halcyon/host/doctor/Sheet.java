package io.halcyon.host.doctor;

import io.halcyon.api.doctor.Diagnosis;
import io.halcyon.api.doctor.Finding;
import io.halcyon.api.event.Severity;
import java.util.ArrayList;
import java.util.List;

/** What examinations write down. One thread owns it. */
final class Sheet {

    private final List<String> examined = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> notExamined = new ArrayList<>();

    void examined(String sentence) {
        examined.add(sentence);
    }

    void found(Severity severity, String object, String found, String why, String cure) {
        findings.add(new Finding(severity, object, found, why, cure));
    }

    void notExamined(String sentence) {
        notExamined.add(sentence);
    }

    List<Finding> findings() {
        return findings;
    }

    Diagnosis diagnosis() {
        return new Diagnosis(examined, findings, notExamined);
    }
}
