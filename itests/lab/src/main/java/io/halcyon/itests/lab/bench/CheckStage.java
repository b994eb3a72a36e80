package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Distribution;
import io.halcyon.itests.lab.Host;
import io.halcyon.itests.lab.Lab;
import io.halcyon.itests.lab.Program;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** One host with targets on as many loopback addresses as there are checks; some of the targets can be killed. */
final class CheckStage implements AutoCloseable {

    static final int PORT = 8000;
    static final int VICTIM_PORT = 8001;

    private final Path directory;
    private final Lab lab;
    private final Program targets;
    private final Program victims;

    CheckStage(String name, Traffic traffic) {
        directory = Distribution.root().resolve("itests/lab/target/" + name);
        lab = Lab.create(name, directory, 1);
        // What a busy server sets, too: every check of a second may wait to be accepted.
        host().run("sysctl", "-q", "-w", "net.core.somaxconn=16384", "net.ipv4.tcp_max_syn_backlog=16384");
        traffic.prepare(this);
        targets = traffic.targets(this, PORT);
        victims = traffic.targets(this, VICTIM_PORT);
    }

    /** For files of this stage. */
    Path directory() {
        return directory;
    }

    Host host() {
        return lab.host("h1");
    }

    /** Kills the victims' server, so that their connections are refused from then on, and says when that was. */
    long killVictims() {
        var grip = victims.grip();
        long now = System.nanoTime();
        grip.kill();
        return now;
    }

    /** A program of the laboratory in the host. */
    Program java(List<String> options, Class<?> main, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", absolute(System.getProperty("java.class.path")), main.getName()));
        command.addAll(arguments);
        return Program.start(host(), command);
    }

    /** A host's programs run in the root directory. */
    private static String absolute(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Override
    public void close() {
        targets.close();
        victims.close();
        lab.close();
    }
}
