package io.halcyon.itests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.halcyon.spi.host.Supervisor;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Whoever watches the process hears of the loop and of nothing else: a process whose loop stands still must not look alive
 * because some other thread says so.
 */
class WatchdogTest {

    private static final String LOOP = "io.halcyon.vrrp.engine.loop.";

    /** Method references count as well as calls. */
    private static final DescribedPredicate<JavaAccess<?>> SIGN = describe(
            "a sign of life",
            access ->
                    access.getName().equals("alive") && access.getTargetOwner().isAssignableTo(Supervisor.class));

    private final JavaClasses everything = new ClassFileImporter()
            .importPaths(Room.all().stream().map(Room::classesFolder).toArray(Path[]::new));

    @Test
    void onlyThePulseGivesASignOfLife() {
        noSignOfLifeBut(LOOP + "Pulse").check(everything);
    }

    @Test
    void onlyTheLoopHasAPulse() {
        classes()
                .that()
                .haveFullyQualifiedName(LOOP + "Pulse")
                .should()
                .onlyHaveDependentClassesThat()
                .haveFullyQualifiedName(LOOP + "VrrpLoop")
                .check(everything);
    }

    /** The other way to whoever watches. */
    @Test
    void onlyTheSupervisorHasTheSocket() {
        classes()
                .that()
                .haveFullyQualifiedName("io.halcyon.linux.socket.NotifySocket")
                .should()
                .onlyHaveDependentClassesThat()
                .haveFullyQualifiedName("io.halcyon.host.linux.SystemdSupervisor")
                .check(everything);
    }

    @Test
    void theRuleFindsWhatItLooksFor() {
        assertThat(everything.stream().filter(assignableTo(Supervisor.class))).hasSizeGreaterThan(1);
        assertThatThrownBy(() -> noSignOfLifeBut(LOOP + "VrrpLoop").check(everything))
                .hasMessageContaining(LOOP + "Pulse.beat");
    }

    private static ArchRule noSignOfLifeBut(String giver) {
        return noClasses().that().doNotHaveFullyQualifiedName(giver).should().accessTargetWhere(SIGN);
    }
}
