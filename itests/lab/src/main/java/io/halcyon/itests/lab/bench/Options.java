package io.halcyon.itests.lab.bench;

import java.util.List;

/**
 * The command line.
 *
 * @param parts what to measure, in order
 * @param json whether the figures are printed as JSON
 * @param check whether a missed target is an error
 */
record Options(List<Part> parts, boolean json, boolean check) {

    /** @throws IllegalArgumentException with a sentence for whoever typed it */
    static Options parse(List<String> arguments) {
        List<Part> parts = List.of();
        boolean json = false;
        boolean check = false;
        for (int i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            if (argument.equals("--check")) {
                check = true;
            } else if (argument.equals("-o")) {
                i++;
                if (i == arguments.size() || !arguments.get(i).equals("json")) {
                    throw new IllegalArgumentException("-o knows json only");
                }
                json = true;
            } else if (parts.isEmpty()) {
                parts = Part.named(argument);
            } else {
                throw new IllegalArgumentException("one NAME at a time, not " + argument + " too");
            }
        }
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("NAME is missing: " + Part.NAMES);
        }
        return new Options(parts, json, check);
    }
}
