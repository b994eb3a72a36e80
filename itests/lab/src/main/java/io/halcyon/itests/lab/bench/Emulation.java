package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Directories;
import io.halcyon.itests.lab.LabException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * How long known work takes where this runs, in nanoseconds: that of a JVM, and that of keepalived, which reads its configuration
 * and ends.
 */
record Emulation(double jvmFirst, double jvmWarm, double keepalived) {

    private static final int RUNS = 3;

    static Emulation measured(Path directory) {
        var first = new double[RUNS];
        var warm = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            var words = Context.output(LvsCommands.java(EmulationWork.class).toArray(String[]::new))
                    .strip()
                    .split(" ", -1);
            first[i] = Double.parseDouble(words[1]);
            warm[i] = Double.parseDouble(words[2]);
        }
        return new Emulation(Samples.of(first).median(), Samples.of(warm).median(), keepalivedNanos(directory));
    }

    private static double keepalivedNanos(Path directory) {
        var configuration = directory.resolve("keepalived-test.conf");
        Directories.write(configuration, Farm.LARGE.keepalived(0, 0));
        var nanos = new double[RUNS];
        Arrays.setAll(nanos, i -> {
            long start = System.nanoTime();
            Context.output("/usr/sbin/keepalived", "-t", "-C", "-f", configuration.toString());
            return System.nanoTime() - start;
        });
        return Samples.of(nanos).median();
    }

    /** How many times as long as that. */
    Emulation over(Emulation other) {
        if (other.jvmFirst <= 0 || other.jvmWarm <= 0 || other.keepalived <= 0) {
            throw new LabException("not measured: " + List.of(other));
        }
        return new Emulation(jvmFirst / other.jvmFirst, jvmWarm / other.jvmWarm, keepalived / other.keepalived);
    }
}
