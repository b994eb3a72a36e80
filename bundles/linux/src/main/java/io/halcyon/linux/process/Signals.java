package io.halcyon.linux.process;

import java.util.Map;

/** Numbers of the signals that matter here, as on every Linux architecture the JDK runs on. */
final class Signals {

    static final int KILL = 9;
    static final int TERM = 15;
    static final int CONT = 18;

    private static final Map<Integer, String> NAMES = Map.of(
            1, "HUP", 2, "INT", 4, "ILL", 6, "ABRT", 8, "FPE", KILL, "KILL", 11, "SEGV", 13, "PIPE", TERM, "TERM");

    private Signals() {}

    static String name(int signal) {
        var name = NAMES.get(signal);
        return name == null ? "" : " (" + name + ")";
    }
}
