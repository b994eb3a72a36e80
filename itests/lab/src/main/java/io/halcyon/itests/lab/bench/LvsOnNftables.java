package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Directories;
import io.halcyon.itests.lab.Distribution;
import io.halcyon.itests.lab.Host;
import io.halcyon.itests.lab.Lab;
import io.halcyon.itests.lab.LabException;
import io.halcyon.itests.lab.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

    /** What nft took. */
    record Nft(Map<How, Samples> millis) {
        Samples of(How how) {
            return millis.getOrDefault(how, Samples.of());
        }
    }

    /** How it is asked for a change, whose statements are lines of a file. */
    enum How {
        /** One call for each line. */
        CALLED("while read -r line; do nft \"$line\"; done <%s"),
        /** One process that makes a transaction of each line. */
        INTERACTIVE("nft -i <%s >/dev/null"),
        /** One transaction of all lines. */
        TOGETHER("nft -f %s");

        private final String script;

        How(String script) {
            this.script = script;
        }
    }

    /** All weights are changed to what they were and back, by nft alone. */
    Nft nft(int repeats) {
        clear();
        NftListing first;
        NftListing second;
        try (var load = load()) { // its end is the end of its care for the table
            load.await("ready", LIMIT);
            load.ask("put 0", "put ", LIMIT);
            first = listing();
            load.ask("put 1", "put ", LIMIT);
            second = listing();
        }
        return new Nft(Stream.of(How.values())
                .collect(Collectors.toMap(Function.identity(), how -> changed(first, second, how, repeats))));
    }

    private Samples changed(NftListing first, NftListing second, How how, int repeats) {
        return Samples.of(IntStream.range(0, repeats)
                .mapToDouble(i -> {
                    double millis = changed(second, first, how);
                    changed(first, second, How.TOGETHER);
                    return millis;
                })
                .toArray());
    }

    private NftListing listing() {
        return NftListing.parsed(host.run("nft", "list", "table", "inet", TABLE));
    }

    private double changed(NftListing before, NftListing after, How how) {
        var lines = after.changesFrom(before);
        if (lines.size() < Farm.LARGE.services()) {
            throw new LabException("only so many chains have changed with all weights: " + lines.size());
        }
        var file = directory.resolve("change.nft");
        Directories.write(file, String.join("\n", lines) + "\n");
        long start = System.nanoTime();
        host.shell(how.script.formatted(file));
        double millis = (System.nanoTime() - start) / 1e6;
        if (!listing().equals(after)) {
            throw new LabException("nft, " + how + ", has not made the change");
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
                "nft makes the change that Halcyon made, read from two listings of its table: a statement for each chain that"
                        + " differs, which is one for each virtual server. Called: nft is started for each. Interactive: one"
                        + " `nft -i` makes a transaction of each. Together: `nft -f` with one transaction, the least that can be.");
    }
}
