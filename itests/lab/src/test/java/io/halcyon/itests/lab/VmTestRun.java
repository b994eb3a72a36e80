package io.halcyon.itests.lab;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * A program for the virtual machine: runs all tests with the tag {@code vm} of some directories and writes a line of JSON about each.
 * Two classes at a time, as {@code junit-platform.properties} beside it says: the machine has two processors. Arguments: the file
 * for the lines, then the directories.
 */
final class VmTestRun implements TestExecutionListener {

    /**
     * What became of a test, or of a class that could not be prepared.
     *
     * @param test its name, without its class
     * @param problem empty where there was none
     */
    record Result(String type, String test, String status, long millis, String problem) {

        static final String SUCCESSFUL = TestExecutionResult.Status.SUCCESSFUL.name();
        static final String SKIPPED = "SKIPPED";
    }

    static final String TAG = "vm";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Long> starts = new ConcurrentHashMap<>();
    private final PrintStream lines;

    private VmTestRun(PrintStream lines) {
        this.lines = lines;
    }

    public static void main(String[] arguments) throws IOException {
        var roots = Arrays.stream(arguments).skip(1).map(Path::of).collect(Collectors.toSet());
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClasspathRoots(roots))
                .filters(TagFilter.includeTags(TAG))
                .configurationParameter("junit.jupiter.execution.timeout.default", "90 s")
                .build();
        try (var lines = new PrintStream(arguments[0], StandardCharsets.UTF_8);
                var session = LauncherFactory.openSession()) {
            session.getLauncher().execute(request, new VmTestRun(lines));
        }
        System.exit(0); // whatever threads are left
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        starts.put(test.getUniqueId(), System.nanoTime());
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest() || result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
            write(
                    test,
                    result.getStatus().name(),
                    result.getThrowable().map(VmTestRun::text).orElse(""));
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        write(test, Result.SKIPPED, reason);
    }

    private void write(TestIdentifier test, String status, String problem) {
        long now = System.nanoTime();
        long millis = (now - starts.getOrDefault(test.getUniqueId(), now)) / 1_000_000;
        try {
            lines.println(
                    JSON.writeValueAsString(new Result(type(test), test.getDisplayName(), status, millis, problem)));
        } catch (IOException e) {
            throw new IllegalStateException(e); // a record of texts
        }
        System.out.printf("%s %s: %s, %d ms%n", type(test), test.getDisplayName(), status, millis);
    }

    private static String type(TestIdentifier test) {
        return test.getSource()
                .map(source -> source instanceof MethodSource method
                        ? method.getClassName()
                        : source instanceof ClassSource type ? type.getClassName() : "")
                .orElse("");
    }

    private static String text(Throwable problem) {
        var text = new StringWriter();
        problem.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
