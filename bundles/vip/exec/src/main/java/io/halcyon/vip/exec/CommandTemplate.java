package io.halcyon.vip.exec;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.linux.process.CommandLine;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A command with places for an address. Immutable.
 *
 * <p>It is split before anything is replaced, so that a replaced text never becomes two words.
 */
record CommandTemplate(List<String> words) {

    private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)\\}");
    private static final List<String> NAMES = List.of("address", "prefix", "cidr", "dev");

    CommandTemplate {
        words = List.copyOf(words);
    }

    /**
     * Splits a line.
     *
     * @throws IllegalArgumentException if it cannot be split, is no full path, or has a place for something unknown
     */
    static CommandTemplate parse(String line) {
        List<String> words = CommandLine.parse(line).words();
        for (String word : words) {
            PLACE.matcher(word).results().map(place -> place.group(1)).forEach(name -> {
                if (!NAMES.contains(name)) {
                    throw new IllegalArgumentException("{" + name + "} is none of {address}, {prefix}, {cidr}, {dev}");
                }
            });
        }
        if (PLACE.matcher(words.get(0)).find()) {
            throw new IllegalArgumentException("the command itself cannot be replaced: " + words.get(0));
        }
        return new CommandTemplate(words);
    }

    CommandLine fill(VirtualAddress address, String dev) {
        Map<String, String> values = Map.of(
                "address", address.address().getHostAddress(),
                "prefix", Integer.toString(address.prefixLength()),
                "cidr", address.cidr(),
                "dev", dev);
        return new CommandLine(words.stream().map(word -> fill(word, values)).toList());
    }

    private static String fill(String word, Map<String, String> values) {
        return PLACE.matcher(word).replaceAll((MatchResult place) -> values.getOrDefault(place.group(1), ""));
    }
}
