package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Runs the tests with the tag {@code vm} in one virtual machine, and is each of them here. It takes both processors, hence alone.
 */
@Tag("lab")
@Isolated
class VmTest {

    /** On a machine with other work: {@code -Dhalcyon.vm.seconds=900}. */
    private static final Duration LIMIT = Duration.ofSeconds(Long.getLong("halcyon.vm.seconds", 420));

    /** Modules with such tests. */
    private static final List<String> MODULES = List.of("bundles/lvs/ipvs", "itests/lab");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory = Distribution.root().resolve("itests/lab/target/vm-tests");
    private final List<String> output = new ArrayList<>();

    @TestFactory
    Stream<DynamicNode> inTheVirtualMachine() {
        Directories.recreate(directory);
        Distribution.unpacked(); // there it would take minutes
        var results = directory.resolve("results");
        List<String> arguments = new ArrayList<>(List.of(results.toString()));
        classes("test-classes").forEach(arguments::add);
        int exit = VirtualMachine.run(
                LIMIT, directory, this::hear, VirtualMachine.java(directory, classPath(), VmTestRun.class, arguments));

        var end = dynamicTest(
                "the run ends",
                () -> assertThat(exit).as(String.join("\n", output)).isZero());
        var byClass = read(results)
                .collect(Collectors.groupingBy(VmTestRun.Result::type, LinkedHashMap::new, Collectors.toList()));
        var found = dynamicTest(
                "each class has results",
                () -> MODULES.forEach(
                        module -> assertThat(byClass.keySet()).as(module).containsAll(tagged(module))));
        return Stream.concat(
                byClass.entrySet().stream()
                        .map(entry -> dynamicContainer(
                                entry.getKey(), entry.getValue().stream().map(VmTest::replayed))),
                Stream.of(end, found));
    }

    private void hear(String line) {
        System.out.println("vm: " + line);
        output.add(line);
    }

    private static DynamicNode replayed(VmTestRun.Result result) {
        String name = result.type() + " " + result.test();
        return dynamicTest(name, () -> assertThat(result.status())
                .as(name + " " + result.problem()) // a report names every dynamic test by the method that made it
                .isEqualTo(VmTestRun.Result.SUCCESSFUL));
    }

    private static Stream<VmTestRun.Result> read(Path results) {
        try {
            return Files.exists(results) ? Files.readAllLines(results).stream().map(VmTest::parsed) : Stream.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static VmTestRun.Result parsed(String line) {
        try {
            return JSON.readValue(line, VmTestRun.Result.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was compiled beside us comes before what lies in a repository. */
    private static String classPath() {
        return Stream.of(classes("test-classes"), classes("classes"), Stream.of(System.getProperty("java.class.path")))
                .flatMap(Function.identity())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Stream<String> classes(String name) {
        return MODULES.stream()
                .map(module ->
                        Distribution.root().resolve(module).resolve("target").resolve(name))
                .peek(path -> assertThat(path).as("compiled before").isDirectory())
                .map(Path::toString);
    }

    /** Classes that have the tag. The launcher passes over one that it cannot load and says nothing. */
    private static List<String> tagged(String module) {
        var root = Distribution.root().resolve(module).resolve("target/test-classes");
        try (var files = Files.walk(root)) {
            var types = files.filter(VmTest::isTagged)
                    .map(file ->
                            root.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", ""))
                    .toList();
            assertThat(types).as("tests in " + module).isNotEmpty();
            return types;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the constants of a compiled class are those of the annotation. */
    private static boolean isTagged(Path file) {
        if (!file.toString().endsWith(".class")) {
            return false;
        }
        try {
            var octets = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            return octets.contains(Tag.class.descriptorString()) && octets.contains("\1\0\2" + VmTestRun.TAG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
