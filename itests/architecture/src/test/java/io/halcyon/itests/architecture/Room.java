package io.halcyon.itests.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A bundle as it was built.
 *
 * @param path folder under {@code bundles/}, such as {@code check/nginx}
 */
record Room(String path) {

    private static final Pattern MODULE = Pattern.compile("<module>(.*?)</module>");
    private static final Path ROOT = Path.of(System.getProperty("halcyon.root"));

    /** All rooms that the build knows. */
    static List<Room> all() {
        return MODULE.matcher(text(ROOT.resolve("bundles/pom.xml")))
                .results()
                .map(module -> new Room(module.group(1)))
                .toList();
    }

    static Path root() {
        return ROOT;
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Family of a check, a transport and so on: the first folder. */
    String family() {
        return path.contains("/") ? path.substring(0, path.indexOf('/')) : path;
    }

    /** Also its top package, so it has no dashes. */
    String symbolicName() {
        return "io.halcyon." + path.replace('/', '.').replace("-", "");
    }

    boolean isEngine() {
        return path.endsWith("/engine");
    }

    Path folder() {
        return ROOT.resolve("bundles").resolve(path);
    }

    Path classesFolder() {
        return folder().resolve("target/classes");
    }

    /** Its own classes, without libraries that were packed into the bundle. */
    List<JavaClass> classes() {
        return new ClassFileImporter()
                .importPath(classesFolder()).stream()
                        .filter(type -> type.getPackageName().startsWith("io.halcyon"))
                        .toList();
    }

    JarFile jar() {
        String prefix = "halcyon-" + path.replace('/', '-') + "-";
        try (Stream<Path> files = Files.list(folder().resolve("target"))) {
            List<Path> jars = files.filter(
                            file -> file.getFileName().toString().matches(Pattern.quote(prefix) + "[\\d.]+\\.jar"))
                    .toList();
            if (jars.size() != 1) {
                throw new AssertionError("one jar expected: " + jars);
            }
            return new JarFile(jars.get(0).toFile());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String toString() {
        return path;
    }
}
