package io.halcyon.itests.lab.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.halcyon.itests.lab.LabException;
import io.halcyon.itests.lab.Program;
import java.io.IOException;
import java.nio.file.Path;

/** A program for the virtual machine: measures keepalived and our data plane there. Arguments: a directory for what it finds, our class. */
public final class LvsInMachine {

    /** What it finds. */
    record Found(LvsTimes halcyon, LvsTimes keepalived, Emulation emulation) {}

    static final String FILE = "lvs.json";
    static final int PROCESSES = 3;
    static final int WARM_UP = 20;
    static final int REPEATS = 5;

    private static final ObjectMapper JSON = new ObjectMapper();

    private LvsInMachine() {}

    public static void main(String[] arguments) throws IOException {
        var directory = Path.of(arguments[0]);
        Context.output("modprobe", "-a", "ip_vs", "ip_vs_wrr"); // loading it is not what is measured
        System.out.println("keepalived");
        var keepalived = new KeepalivedTrials(directory).run(PROCESSES, REPEATS);
        System.out.println("halcyon");
        var halcyon = new LvsTrials(
                        () -> Program.here(LvsCommands.java(LvsLoad.class, arguments[1])),
                        () -> Context.output("ipvsadm", "--clear"),
                        LvsInMachine::verify)
                .run(PROCESSES, WARM_UP, REPEATS);
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
