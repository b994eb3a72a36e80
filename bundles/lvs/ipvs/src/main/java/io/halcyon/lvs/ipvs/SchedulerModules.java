package io.halcyon.lvs.ipvs;

import io.halcyon.spi.dataplane.Scheduler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which schedulers the running kernel has modules of, as far as its files tell. */
final class SchedulerModules {

    private static final Pattern MODULE = Pattern.compile("/ip_vs_([a-z]+)\\.ko");

    private final Set<String> present = new HashSet<>();

    /**
     * Reads the lists.
     *
     * @param folder of the kernel's modules; in a container it is often missing
     */
    SchedulerModules(Path folder) {
        add(folder.resolve("modules.dep"));
        add(folder.resolve("modules.builtin"));
    }

    static SchedulerModules ofKernel() {
        return new SchedulerModules(Path.of("/lib/modules", System.getProperty("os.version", "")));
    }

    /** Whether it certainly is not there. */
    boolean lacks(Scheduler scheduler) {
        return !present.isEmpty() && !present.contains(scheduler.word());
    }

    private void add(Path list) {
        try {
            Matcher matcher = MODULE.matcher(Files.readString(list, StandardCharsets.ISO_8859_1));
            while (matcher.find()) {
                present.add(matcher.group(1));
            }
        } catch (IOException e) {
            // Then the kernel says it when it is asked for the scheduler.
        }
    }
}
