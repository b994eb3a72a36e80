package io.halcyon.itests.lab.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.halcyon.itests.lab.LabException;
import io.halcyon.itests.lab.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A program for the virtual machine: measures keepalived and our data plane there. See {@link #arguments}. */
public final class LvsInMachine {

    /** What it finds. */
    record Found(LvsTimes halcyon, LvsTimes keepalived, Emulation emulation) {}

    static final String FILE = "lvs.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private LvsInMachine() {}

    /**
     * The command line.
     *
     * @param directory for what it finds
     * @param plane class of our data plane
     * @param processes how many of each daemon
     * @param warmUp what each of ours does before it counts as warm
     * @param repeats what each of both does then
     */
    static String[] arguments(Path directory, String plane, int processes, int warmUp, int repeats) {
        return Stream.of(directory, plane, processes, warmUp, repeats)
                .map(Object::toString)
                .toArray(String[]::new);
    }

    public static void main(String[] arguments) throws IOException {
        var directory = Path.of(arguments[0]);
        int processes = Integer.parseInt(arguments[2]);
        int warmUp = Integer.parseInt(arguments[3]);
        int repeats = Integer.parseInt(arguments[4]);
        Context.output("modprobe", "-a", "ip_vs", "ip_vs_wrr"); // loading it is not what is measured
        System.out.println("keepalived");
        var keepalived = new KeepalivedTrials(directory).run(processes, repeats);
        System.out.println("halcyon");
        var halcyon = new LvsTrials(
                        () -> Program.here(LvsCommands.java(LvsLoad.class, arguments[1])),
                        () -> Context.output("ipvsadm", "--clear"),
                        LvsInMachine::verify)
                .run(processes, warmUp, repeats);
        System.out.println("emulation");
        var found = new Found(halcyon, keepalived, Emulation.measured(directory));
        JSON.writeValue(directory.resolve(FILE).toFile(), found);
        System.exit(0);
    }

    static Found read(Path directory) {
        try {
            return JSON.readValue(directory.resolve(FILE).toFile(), Found.class);
        } catch (IOException e) {
            throw new LabException("nothing was found in the virtual machine", e);
        }
    }

    private static void verify(int round) {
        if (!IpvsTable.is(Farm.LARGE, round, round)) {
            throw new LabException("the kernel has something else than round " + round + ":\n"
                    + Context.output("ipvsadm", "--list", "--numeric"));
        }
    }
}
