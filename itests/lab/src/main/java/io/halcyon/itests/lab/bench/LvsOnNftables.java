package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Directories;
import io.halcyon.itests.lab.Distribution;
import io.halcyon.itests.lab.Host;
import io.halcyon.itests.lab.Lab;
import io.halcyon.itests.lab.LabException;
import io.halcyon.itests.lab.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Our data plane on this machine's kernel, and nft that makes the same change of rules. */
final class LvsOnNftables implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String TABLE = "halcyon-lvs";

    private final Path directory = Distribution.root().resolve("itests/lab/target/bench-lvs-nftables");
    private final Lab lab = Lab.create("bench-lvs-nftables", directory, 1);
    private final Host host = lab.host("h1");

    private Program load() {
        return Program.start(host, LvsCommands.java(LvsLoad.class, Lvs.NFTABLES));
    }

    LvsTimes halcyon(int processes, int warmUp, int repeats) {
        return new LvsTrials(this::load, this::clear, round -> {}).run(processes, warmUp, repeats);
    }

    private void clear() {
        host.run("nft", "flush", "ruleset");
    }

    /**
     * What nft took.
     *
     * @param ruleByRule one nft that makes a transaction of each virtual server's rules
     * @param together one nft that makes one transaction of all
     */
    record Nft(Samples ruleByRule, Samples together) {}

    /** All weights are changed to what they were and back, by nft alone. */
    Nft nft(int repeats) {
        clear();
        NftListing first;
        NftListing second;
        try (var load = load()) {
            load.await("ready", LIMIT);
            load.ask("put 0", "put ", LIMIT);
            first = listing();
            load.ask("put 1", "put ", LIMIT);
            second = listing();
        }
        var ruleByRule = new ArrayList<Double>();
        var together = new ArrayList<Double>();
        for (int i = 0; i < repeats; i++) {
            ruleByRule.add(changed(second, first, "-i"));
            together.add(changed(first, second, "-f -"));
        }
        return new Nft(Samples.of(ruleByRule), Samples.of(together));
    }

    private NftListing listing() {
        return NftListing.parsed(host.run("nft", "list", "table", "inet", TABLE));
    }

    private double changed(NftListing before, NftListing after, String how) {
        var lines = after.changesFrom(before);
        if (lines.size() < Farm.LARGE.services()) {
            throw new LabException("only so many chains have changed with all weights: " + lines.size());
        }
        var file = directory.resolve("change.nft");
        Directories.write(file, String.join("\n", lines) + "\n");
        long start = System.nanoTime();
        host.shell("nft %s <%s >/dev/null".formatted(how, file));
        double millis = (System.nanoTime() - start) / 1e6;
        if (!listing().equals(after)) {
            throw new LabException("nft " + how + " has not made the change");
        }
        return millis;
    }

    @Override
    public void close() {
        lab.close();
    }

    /** For the record of what was compared. */
    static List<String> notes() {
        return List.of(
                "nft makes the change that Halcyon made, read from two listings of its table: `nft -i` is one process that"
                        + " gets a line for each chain that differs, each a transaction; a script that starts nft for each"
                        + " takes longer. \"in one transaction\" is `nft -f` with all of them, the least that can be.");
    }
}
