package io.halcyon.host.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.doctor.Diagnosis;
import io.halcyon.api.doctor.Finding;
import io.halcyon.api.event.Severity;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.api.vrrp.TrackStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeersTest {

    @TempDir
    private Path root;

    private final List<Duration> pauses = new ArrayList<>();
    private final Recollection recollection = new Recollection();

    private Diagnosis seen(Patient.Router then, Patient.Router now) {
        Patient patient = new Patient(root).with(then.status());
        return patient.seenBy(new Peers(() -> List.of(now.status()), pauses::add, recollection));
    }

    private static Patient.Router router(Map<String, Long> faults) {
        Patient.Router router = new Patient.Router();
        router.faults = faults;
        return router;
    }

    private static Patient.Router backup(int masterPriority) {
        Patient.Router router = new Patient.Router();
        router.state = RouterState.BACKUP;
        router.master = "192.168.88.130";
        router.masterPriority = masterPriority;
        return router;
    }

    @Test
    void nobodyWaitsWhereNothingWasEverHeard() {
        assertThat(seen(router(Map.of("UNKNOWN_VRID", 7L)), router(Map.of())).findings())
                .isEmpty();
        assertThat(pauses).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"99, 0", "100, 1", "101, 0"})
    void aMasterWithOurPriorityIsFound(int masterPriority, int findings) {
        Patient.Router router = backup(masterPriority);

        assertThat(seen(router, router).findings()).hasSize(findings).allSatisfy(finding -> {
            assertThat(finding.found()).isEqualTo("192.168.88.130 is master with priority 100, which is ours, too");
            assertThat(finding.cure()).startsWith("bin/halcyon vrrp:priority VI_1 90 (");
        });
    }

    @Test
    void aPriorityThatAFailedCheckLeftUsIsNoneOfOurs() {
        Patient.Router router = backup(100);
        router.tracks = List.of(new TrackStatus("script", "chk", -20, false, false, -20, "failed"));

        assertThat(seen(router, router).findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "INTERVAL_MISMATCH, 2, CRITICAL",
        "INTERVAL_MISMATCH, 3, WARNING",
        "ADDRESS_MISMATCH, 2, WARNING",
        "AUTH_TYPE, 2, CRITICAL",
        "AUTH_FAILURE, 2, CRITICAL",
        "VERSION_MISMATCH, 3, CRITICAL",
        "OWN_ADDRESS, 2, CRITICAL",
        "BAD_TTL, 2, WARNING",
        "BAD_CHECKSUM, 2, WARNING"
    })
    void whatIsCountedStillIsFound(String fault, int version, Severity severity) {
        Patient.Router then = router(Map.of(fault, 5L));
        Patient.Router now = router(Map.of(fault, 7L));
        now.version = version;

        assertThat(seen(then, now).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(severity);
            assertThat(finding.found()).contains("(advertisements just now: 2, since the start: 7)");
            assertThat(finding.why()).isNotEmpty();
            assertThat(finding.cure()).doesNotContain("NAME");
        });
        assertThat(pauses).containsExactly(Duration.ofMillis(fault.startsWith("INTERVAL") ? 2100 : 1250));
    }

    @Test
    void forABackupThatHearsItsMasterWhatWasCountedOnceIsOver() {
        Patient.Router router = backup(110);
        router.faults = Map.of("AUTH_FAILURE", 5L, "ADDRESS_MISMATCH", 7L);

        assertThat(seen(router, router).findings()).isEmpty();
    }

    @Test
    void aBackupWhoseMasterIsSilentHearsNobodyItAgreesWith() {
        Patient.Router router = backup(110);
        router.faults = Map.of("AUTH_FAILURE", 5L, "ADDRESS_MISMATCH", 7L);
        router.timers = Map.of("advert.int", 1000L, "master.down", 3600L, "due.in", 1500L);

        assertThat(seen(router, router).findings())
                .singleElement()
                .extracting(Finding::found)
                .asString()
                .startsWith("a peer has another password");
    }

    @Test
    void aMasterIsToldOnceOfWhatWasDroppedBefore() {
        Patient.Router router = router(Map.of("AUTH_FAILURE", 5L));
        Patient.Router later = router(Map.of("AUTH_FAILURE", 9L));

        assertThat(seen(router, router).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.INFO);
            assertThat(finding.found()).endsWith("(advertisements just now: 0, since the start: 5)");
        });
        assertThat(seen(router, router).findings()).isEmpty();
        assertThat(seen(later, later).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(finding.found())
                    .endsWith("(advertisements just now: 0, since the last look: 4, since the start: 9)");
        });
    }

    @Test
    void countersThatBeganAnewAreNoNews() {
        Patient.Router router = router(Map.of("AUTH_FAILURE", 5L));
        seen(router, router);

        assertThat(seen(router(Map.of()), router(Map.of())).findings()).isEmpty();
    }

    @Test
    void withLongIntervalsACounterIsToldThoughItMayBeOver() {
        Patient.Router router = backup(110);
        router.faults = Map.of("ADDRESS_MISMATCH", 5L);
        router.timers = Map.of("advert.int", 10_000L);

        assertThat(seen(router, router).findings())
                .singleElement()
                .extracting(Finding::severity)
                .isEqualTo(Severity.INFO);
        assertThat(pauses).containsExactly(Duration.ofMillis(2100));
    }

    @ParameterizedTest
    @CsvSource({"4, 7, 1", "4, 5, 0", "4, 4, 0"})
    void aSecondMasterIsFound(long then, long now, int findings) {
        Patient.Router before = new Patient.Router();
        before.counters = Map.of("adverts.received", then);
        Patient.Router after = new Patient.Router();
        after.counters = Map.of("adverts.received", now);

        assertThat(seen(before, after).findings()).hasSize(findings);
    }
}
