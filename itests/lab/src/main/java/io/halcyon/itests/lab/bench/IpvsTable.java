package io.halcyon.itests.lab.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** The kernel's table as anybody can read it, of this process's network. */
final class IpvsTable {

    private static final Path TABLE = Path.of("/proc/thread-self/net/ip_vs");
    private static final String SERVER = "  -> ";
    private static final int HEX = 16;

    private IpvsTable() {}

    /** Whether it has all virtual and all real servers with their weights, and no others. */
    static boolean is(Farm farm, int round, int lastRound) {
        return is(Usage.read(TABLE), farm, round, lastRound);
    }

    static boolean is(String text, Farm farm, int round, int lastRound) {
        var weights = new HashMap<String, Integer>();
        int services = 0;
        for (var line : text.split("\n", -1)) {
            if (line.startsWith("TCP")) {
                services++;
            } else if (line.startsWith(SERVER) && !line.startsWith("RemoteAddress", SERVER.length())) {
                var words = line.substring(SERVER.length()).split(" +", -1);
                weights.put(words[0].substring(0, words[0].indexOf(':')), Integer.parseInt(words[2]));
            }
        }
        return services == farm.services() && weights.equals(wanted(farm, round, lastRound));
    }

    private static Map<String, Integer> wanted(Farm farm, int round, int lastRound) {
        var weights = new HashMap<String, Integer>();
        int last = farm.servers() - 1;
        IntStream.rangeClosed(0, last)
                .forEach(server -> weights.put(
                        hex(Farm.serverAddress(server)), farm.weight(server, server == last ? lastRound : round)));
        return weights;
    }

    private static String hex(String address) {
        var hex = new StringBuilder();
        for (var octet : address.split("\\.", -1)) {
            int value = Integer.parseInt(octet);
            hex.append(Character.toUpperCase(Character.forDigit(value / HEX, HEX)))
                    .append(Character.toUpperCase(Character.forDigit(value % HEX, HEX)));
        }
        return hex.toString();
    }
}
