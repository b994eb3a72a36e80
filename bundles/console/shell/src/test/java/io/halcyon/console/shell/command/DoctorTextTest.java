package io.halcyon.console.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.doctor.Diagnosis;
import io.halcyon.api.doctor.Doctor;
import io.halcyon.api.doctor.Finding;
import io.halcyon.api.event.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorTextTest {

    private static final Finding GOOD_TO_KNOW = new Finding(Severity.INFO, "clock", "was set", "logs differ", "set it");
    private static final Finding BAD = new Finding(
            Severity.CRITICAL,
            "VI_1 on ens33",
            "a sentence that is long enough to be broken into two lines of a terminal, because it goes on and on",
            "two masters",
            "nft insert rule inet filter input iifname ens33 ip protocol vrrp accept (to keep it: in /etc/nftables.conf)");

    @Test
    void allDoctorsAreAskedAndTheWorstComesFirst() {
        Doctor one = () -> new Diagnosis(List.of("clock"), List.of(GOOD_TO_KNOW), List.of());
        Doctor other = () -> new Diagnosis(List.of("firewall"), List.of(BAD), List.of("logs"));

        assertThat(DoctorText.together(List.of(one, other)))
                .isEqualTo(new Diagnosis(List.of("clock", "firewall"), List.of(BAD, GOOD_TO_KNOW), List.of("logs")));
    }

    @Test
    void aDoctorThatFailsIsNamed() {
        Doctor failing = () -> {
            throw new IllegalStateException("bug");
        };

        assertThat(DoctorText.together(List.of(failing)).notExamined())
                .singleElement()
                .asString()
                .contains("DoctorTextTest", "bug");
    }

    @Test
    void aCleanBillSaysWhatWasExamined() {
        assertThat(DoctorText.text(new Diagnosis(List.of("firewall: no rules"), List.of(), List.of()), 100))
                .isEqualTo("nothing wrong was found\n\nexamined\n  - firewall: no rules\n");
    }

    @Test
    void aFindingIsForAPersonAndItsCureCanBeCopied() {
        assertThat(DoctorText.text(new Diagnosis(List.of(), List.of(BAD), List.of("logs")), 100))
                .isEqualTo(
                        """
                        1 finding

                        CRITICAL  VI_1 on ens33
                          found   a sentence that is long enough to be broken into two lines of a terminal, because it goes
                                  on and on
                          why     two masters
                          cure    nft insert rule inet filter input iifname ens33 ip protocol vrrp accept (to keep it: in /etc/nftables.conf)

                        not examined
                          - logs
                        """);
    }
}
