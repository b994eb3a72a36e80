package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.spi.dataplane.Scheduler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the tests in the virtual machine build on. */
@Tag("vm")
class VmKernelTest {

    /** Debian 12 builds no {@code twos}. */
    @Test
    void theKernelHasTheSchedulersThatCanBeConfigured() throws Exception {
        List<String> modprobe = new ArrayList<>(List.of("modprobe", "-a"));
        Stream.of(Scheduler.values())
                .filter(scheduler -> scheduler != Scheduler.TWOS)
                .forEach(scheduler -> modprobe.add("ip_vs_" + scheduler.word()));

        assertThat(output(modprobe)).isEmpty();
        assertThat(output(List.of("ipvsadm", "-L", "-n"))).startsWith("IP Virtual Server version 1.2.1");
    }

    private static String output(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }
}
