package io.halcyon.api.doctor;

import java.util.List;

/**
 * What an examination came to. Immutable.
 *
 * @param examined what was looked at, one sentence each, also where something was found
 * @param findings what is wrong
 * @param notExamined what could not be looked at and why, one sentence each
 */
public record Diagnosis(List<String> examined, List<Finding> findings, List<String> notExamined) {

    public Diagnosis {
        examined = List.copyOf(examined);
        findings = List.copyOf(findings);
        notExamined = List.copyOf(notExamined);
    }
}
