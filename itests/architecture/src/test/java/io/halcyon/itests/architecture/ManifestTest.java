package io.halcyon.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Opens every jar that was built. */
class ManifestTest {

    /** Commas between clauses, not those within quotes. */
    private static final Pattern CLAUSES = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

    private static final Pattern VERSION = Pattern.compile(".*;version=\"\\d+\\.\\d+\\.\\d+\".*");

    /** Rooms whose packages are all for others. */
    private static final Set<String> EXPORTED =
            Set.of("api", "spi", "settings", "json", "linux", "tls", "vrrp/protocol");

    /** The loop, so that a simulator runs the shipped one; the LAN inside the JVM. */
    private static final Set<String> ALSO_EXPORTED =
            Set.of("io.halcyon.vrrp.engine.loop", "io.halcyon.transport.memory");

    static Stream<Room> rooms() {
        return Room.all().stream();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void theBundleIsNamedAfterItsRoom(Room room) throws IOException {
        Attributes manifest = manifest(room);

        assertThat(manifest.getValue("Bundle-SymbolicName")).isEqualTo(room.symbolicName());
        assertThat(manifest.getValue("Bundle-License")).isEqualTo("Apache-2.0");
        assertThat(manifest.getValue("Bundle-Name")).isEqualTo("Halcyon " + room.path());
        assertThat(manifest.getValue("Bundle-Description")).isNotBlank();
        assertThat(manifest.getValue("Require-Capability")).contains("(&(osgi.ee=JavaSE)(version=17))");
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void onlyWhatTheHouseNamesIsExportedAndWithAVersion(Room room) throws IOException {
        List<String> exports = clauses(manifest(room).getValue("Export-Package"));

        assertThat(exports).allMatch(clause -> VERSION.matcher(clause).matches());
        if (EXPORTED.contains(room.path())) {
            assertThat(exports).isNotEmpty().allMatch(clause -> packageOf(clause)
                    .startsWith(room.symbolicName()));
        } else {
            assertThat(exports).allMatch(clause -> ALSO_EXPORTED.contains(packageOf(clause)));
        }
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void packagesOfOursAreImportedWithARange(Room room) throws IOException {
        assertThat(clauses(manifest(room).getValue("Import-Package")))
                .filteredOn(clause -> clause.startsWith("io.halcyon."))
                .allMatch(clause -> clause.contains(";version=\"["));
    }

    /** The weaving hook has to be there before declarative services are. */
    @ParameterizedTest
    @MethodSource("rooms")
    void nobodyHasAnActivatorButTheWeavingHook(Room room) throws IOException {
        assertThat(manifest(room).getValue("Bundle-Activator") != null)
                .isEqualTo(room.path().equals("console/subject"));
    }

    /** EventAdmin is offered to whoever has it. */
    @ParameterizedTest
    @MethodSource("rooms")
    void noImportIsOptionalButTheAnnotationsForNullAndEventAdmin(Room room) throws IOException {
        assertThat(clauses(manifest(room).getValue("Import-Package")))
                .filteredOn(clause -> clause.contains("resolution:=optional"))
                .allMatch(clause -> clause.startsWith("org.jspecify")
                        || (room.isEngine() && clause.startsWith("org.osgi.service.event;")));
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void theJarHoldsNoClassOfAnotherRoom(Room room) throws IOException {
        try (JarFile jar = room.jar()) {
            assertThat(jar.stream().map(ZipEntry::getName))
                    .filteredOn(name -> name.startsWith("io/halcyon/") && name.endsWith(".class"))
                    .isNotEmpty()
                    .allMatch(name -> name.startsWith(room.symbolicName().replace('.', '/') + "/"));
        }
    }

    private static Attributes manifest(Room room) throws IOException {
        try (JarFile jar = room.jar()) {
            return jar.getManifest().getMainAttributes();
        }
    }

    private static List<String> clauses(String header) {
        List<String> clauses = new ArrayList<>();
        if (header != null) {
            clauses.addAll(List.of(CLAUSES.split(header)));
        }
        return clauses;
    }

    private static String packageOf(String clause) {
        return clause.replaceAll(";.*", "");
    }
}
