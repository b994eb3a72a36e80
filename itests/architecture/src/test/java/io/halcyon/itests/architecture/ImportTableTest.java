package io.halcyon.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImportTableTest {

    static Stream<Room> rooms() {
        return Room.all().stream();
    }

    /** The guard: a rule over nothing holds always. */
    @ParameterizedTest
    @MethodSource("rooms")
    void everyRoomHasClassesInItsOwnPackage(Room room) {
        List<String> names = room.classes().stream()
                .map(JavaClass::getName)
                .filter(name -> !name.endsWith(".package-info"))
                .toList();

        assertThat(names).isNotEmpty().allMatch(name -> name.startsWith(room.symbolicName() + "."));
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomImportsOnlyWhatTheTableAllows(Room room) {
        assertThat(broken(room, ImportTable.allowed(room))).isEmpty();
    }

    @Test
    void theRuleFindsWhatItLooksFor() {
        Room exec = new Room("check/exec");

        assertThat(broken(exec, ImportTable.allowed(new Room("console/shell"))))
                .anyMatch(line -> line.endsWith(" imports io.halcyon.linux.process"))
                .anyMatch(line -> line.endsWith(" imports io.halcyon.spi.check"));
    }

    @Test
    void theTableKnowsWhatIsForbidden() {
        assertThat(ImportTable.allowed(new Room("check/engine")))
                .doesNotContain("io.halcyon.linux", "io.halcyon.tls", "io.halcyon.vrrp.protocol", "com.sun.jna");
        assertThat(ImportTable.allowed(new Room("check/exec"))).doesNotContain("io.halcyon.vrrp.protocol");
        assertThat(within("io.halcyon.linux.socket", "io.halcyon.linux")).isTrue();
        assertThat(within("io.halcyon.linuxes", "io.halcyon.linux")).isFalse();
        assertThat(within("io.halcyon.check.nginx", "io.halcyon.check.exec")).isFalse();
    }

    @Test
    void noPackagesImportEachOtherInACircle() {
        List<Path> folders = Room.all().stream().map(Room::classesFolder).toList();
        var classes = new ClassFileImporter().importPaths(folders.toArray(Path[]::new));

        assertThat(classes.size()).isGreaterThan(200);
        SlicesRuleDefinition.slices()
                .matching("io.halcyon.(**)")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    private static Set<String> broken(Room room, List<String> allowed) {
        Set<String> broken = new TreeSet<>();
        for (JavaClass type : room.classes()) {
            type.getDirectDependenciesFromSelf().forEach(dependency -> {
                String imported = packageOf(dependency.getTargetClass());
                if (allowed.stream().noneMatch(prefix -> within(imported, prefix))) {
                    broken.add(type.getName() + " imports " + imported);
                }
            });
        }
        return broken;
    }

    private static String packageOf(JavaClass type) {
        return type.getBaseComponentType().isPrimitive()
                ? "java.lang"
                : type.getBaseComponentType().getPackageName();
    }

    private static boolean within(String imported, String prefix) {
        return prefix.endsWith(".")
                ? imported.startsWith(prefix)
                : imported.equals(prefix) || imported.startsWith(prefix + ".");
    }
}
