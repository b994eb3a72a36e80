package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Directories;
import io.halcyon.itests.lab.Distribution;
import io.halcyon.itests.lab.LabException;
import io.halcyon.itests.lab.VirtualMachine;
import io.halcyon.itests.lab.bench.LvsOnNftables.How;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What 1,000 real servers of 100 virtual servers cost: IPVS in the virtual machine beside keepalived, nftables here beside nft. */
final class Lvs {

    static final String IPVS = "io.halcyon.lvs.ipvs.IpvsDataplane";
    static final String NFTABLES = "io.halcyon.lvs.nftables.NftablesDataplane";

    private static final Duration LIMIT = Duration.ofMinutes(8);
    private static final int PROCESSES = 3;
    private static final int WARM_UP = 20;
    private static final int REPEATS = 5;
    private static final double HALF = 0.5;

    private static final List<String> NOTES = List.of(
            "1,000 real servers in 100 virtual servers, wrr and NAT, no checks. ipvs: in a virtual machine with Debian's kernel"
                    + " (`itests/lab/src/main/sh/vm`), whose processor is emulated; the times of both are as they were there.",
            "Emulation is dearer for a JVM than for C. The factors say how many times longer the same work takes there than here:"
                    + " for Halcyon objects of 2,000 real servers made, compared and written, by a fresh and by a warm JVM;"
                    + " for keepalived `keepalived -t` with the same configuration.",
            "Halcyon is the data plane alone in a JVM of its own with `" + String.join(" ", LvsCommands.OPTIONS)
                    + "`; its times end when it says that the kernel has all, and each time the table is compared"
                    + " afterwards. keepalived logs nothing; its times end when the table, read every 10 ms, is as wanted.",
            "Start, and the first full reconcile, are those of a new process: keepalived's from its exec; Halcyon's from its exec,"
                    + " and from the first order of a JVM that is there. Full reconcile: all is in the kernel already, the daemon"
                    + " before was killed; for keepalived one real server is missing, so that its end can be seen. Warm: Halcyon"
                    + " forgets all it knew and does the same; keepalived gets SIGHUP, and one weight is another. 1,000 weights:"
                    + " all are others, keepalived gets SIGHUP.",
            "\"first\": of a process that has not done it before. \"warm\": after twenty times; keepalived's SIGHUP is the same in"
                    + " both.");

    private Lvs() {}

    static Section measure(Progress progress) {
        var load = new LoadNote();
        List<Figure> figures = new ArrayList<>();
        progress.say("lvs: IPVS in the virtual machine");
        var here = inMachine(progress, figures);
        progress.say("lvs: nftables");
        try (var stage = new LvsOnNftables()) {
            var halcyon = stage.halcyon(PROCESSES, WARM_UP, REPEATS);
            progress.say("lvs: nft");
            figures.addAll(nftables(halcyon, stage.nft(REPEATS)));
        }
        return new Section(
                "lvs",
                figures,
                load.and(Stream.of(NOTES, LvsOnNftables.notes(), here)
                        .flatMap(List::stream)
                        .toList()));
    }

    private static List<String> inMachine(Progress progress, List<Figure> figures) {
        var directory = Distribution.root().resolve("itests/lab/target/bench-lvs-ipvs");
        Directories.recreate(directory);
        var said = new ArrayList<String>();
        int exit = VirtualMachine.run(
                LIMIT,
                directory,
                line -> {
                    said.add(line);
                    progress.say("lvs, in the virtual machine: " + line);
                },
                LvsCommands.java(
                        LvsInMachine.class, LvsInMachine.arguments(directory, IPVS, PROCESSES, WARM_UP, REPEATS)));
        if (exit != 0) {
            throw new LabException("in the virtual machine: " + exit + ": " + String.join("\n", said));
        }
        var found = LvsInMachine.read(directory);
        var emulation = found.emulation().over(Emulation.measured(directory));
        figures.addAll(ipvs(found, emulation));
        return said.stream().anyMatch(line -> line.startsWith("vm: ") && line.endsWith("once more"))
                ? List.of("**In the virtual machine something crashed, and all was measured once more.**")
                : List.of();
    }

    static List<Figure> ipvs(LvsInMachine.Found found, Emulation emulation) {
        var target = Target.timesPeer(1);
        return List.of(
                ipvs(found, "start, from exec", LvsTimes.Step.PROCESS, LvsTimes.Step.PROCESS, Target.NONE),
                ipvs(found, "start, from the first order", LvsTimes.Step.START, LvsTimes.Step.START, target),
                ipvs(
                        found,
                        "full reconcile, first",
                        LvsTimes.Step.RECONCILE_FIRST,
                        LvsTimes.Step.RECONCILE_FIRST,
                        target),
                ipvs(found, "full reconcile, warm", LvsTimes.Step.RECONCILE, LvsTimes.Step.RECONCILE, target),
                ipvs(found, "1,000 weights, first", LvsTimes.Step.WEIGHTS_FIRST, LvsTimes.Step.WEIGHTS, target),
                ipvs(found, "1,000 weights, warm", LvsTimes.Step.WEIGHTS, LvsTimes.Step.WEIGHTS, target),
                factor("first", emulation.jvmFirst(), emulation),
                factor("warm", emulation.jvmWarm(), emulation));
    }

    private static Figure ipvs(
            LvsInMachine.Found found, String what, LvsTimes.Step ours, LvsTimes.Step theirs, Target target) {
        return Figure.medians(
                "ipvs, emulated: " + what,
                "ms",
                found.halcyon().of(ours),
                found.keepalived().of(theirs),
                target);
    }

    private static Figure factor(String when, double jvm, Emulation emulation) {
        return new Figure("ipvs: emulation factor, " + when, "", jvm, emulation.keepalived(), 1, Target.NONE);
    }

    static List<Figure> nftables(LvsTimes halcyon, LvsOnNftables.Nft nft) {
        var nobody = Samples.of();
        var first = halcyon.of(LvsTimes.Step.WEIGHTS_FIRST);
        var warm = halcyon.of(LvsTimes.Step.WEIGHTS);
        return List.of(
                nftables("start, from exec", halcyon.of(LvsTimes.Step.PROCESS), nobody, Target.NONE),
                nftables("start, from the first order", halcyon.of(LvsTimes.Step.START), nobody, Target.NONE),
                nftables("full reconcile, first", halcyon.of(LvsTimes.Step.RECONCILE_FIRST), nobody, Target.NONE),
                nftables("full reconcile, warm", halcyon.of(LvsTimes.Step.RECONCILE), nobody, Target.NONE),
                nftables("1,000 weights, first; nft called", first, nft.of(How.CALLED), Target.timesPeer(HALF)),
                nftables("1,000 weights, warm; nft called", warm, nft.of(How.CALLED), Target.timesPeer(HALF)),
                nftables("1,000 weights, warm; nft interactive", warm, nft.of(How.INTERACTIVE), Target.NONE),
                nftables("1,000 weights, warm; nft together", warm, nft.of(How.TOGETHER), Target.NONE));
    }

    private static Figure nftables(String what, Samples halcyon, Samples peer, Target target) {
        return Figure.medians("nftables: " + what, "ms", halcyon, peer, target);
    }
}
