package io.halcyon.itests.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The demonstration: two hosts with nginx and Halcyon, a client, everything that can go wrong. */
public final class Demo {

    private Demo() {}

    /** Runs all steps; exits with 0 only if each did what it says. {@code --keep} leaves the hosts up. */
    public static void main(String[] arguments) {
        boolean keep = List.of(arguments).contains("--keep");
        var directory = Distribution.root().resolve("itests/lab/target/demo");
        var report = new DemoReport(System.out);
        try (var stage = new DemoStage(directory)) {
            new DemoSteps(stage, report).run();
            report.table();
            if (keep) {
                keep(stage.lab(), directory);
            }
        } catch (LabException e) {
            report.aborted(String.valueOf(e.getMessage()));
        }
        System.exit(report.good() ? 0 : 1);
    }

    private static void keep(Lab lab, Path directory) {
        var launcher = Distribution.unpacked().launcher();
        System.out.println("\nBoth hosts stay up until you press Enter. From another terminal:");
        for (var host : lab.hostNames()) {
            var script = directory.resolve("in-" + host);
            // -U --preserve-credentials: whoever runs the demonstration without root must join its user namespace
            // first.
            write(
                    script,
                    """
                    #!/bin/sh
                    # Runs a command in %1$s; without one, a shell.
                    user=
                    [ "$(readlink /proc/self/ns/user)" = "$(readlink /proc/%2$d/ns/user)" ] || user='-U --preserve-credentials'
                    HALCYON_BASE=%3$s PATH=%4$s:$PATH exec nsenter -t %2$d $user -m -n -u -p -- "${@:-/bin/bash}"
                    """
                            .formatted(host, lab.host(host).pid(), HalcyonNode.BASE, launcher.getParent()));
            System.out.println("  " + script + " halcyon vrrp:list");
        }
        System.out.println("  " + directory.resolve("in-h1") + " halcyon vrrp:explain VI_1");
        try {
            int key = System.in.read();
            System.out.println(key < 0 ? "standard input is closed" : "ending");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path script, String text) {
        Directories.write(script, text);
        try {
            Files.setPosixFilePermissions(script, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
