package io.halcyon.itests.lab.bench;

/** Frames that the kernel threw away because the capture was too slow: figures with any prove nothing. */
final class Drops {

    private Drops() {}

    static Figure figure(String part, int halcyon, int peer) {
        return new Figure(part + ": frames the capture missed", "frames", halcyon, peer, 1, Target.bothNone());
    }
}
