package io.halcyon.itests.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The state machine is a function of events and time: it reads no clock, opens nothing, starts nothing, logs nothing. */
class ProtocolPurityTest {

    private final JavaClasses protocol = new ClassFileImporter().importPath(new Room("vrrp/protocol").classesFolder());

    @Test
    void itIsThere() {
        assertThat(protocol.size()).isGreaterThan(10);
    }

    @Test
    void itReadsNoClock() {
        noClasses()
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .check(protocol);
    }

    @Test
    void itStartsNothingAndOpensNothing() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "java.util.concurrent..",
                        "java.nio.channels..",
                        "java.nio.file..",
                        "java.util.logging..",
                        "org.slf4j..",
                        "org.osgi.framework..",
                        "org.osgi.service.."))
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.lang\\.(Thread|ProcessBuilder|System\\$Logger)"
                        + "|java\\.net\\.(.*Socket.*|NetworkInterface)|java\\.io\\.(.*Stream|File.*|.*Reader|.*Writer)")
                .check(protocol);
    }

    @Test
    void itHasNoSharedState() {
        com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields()
                .that()
                .areStatic()
                .should()
                .beFinal()
                .check(protocol);
    }
}
