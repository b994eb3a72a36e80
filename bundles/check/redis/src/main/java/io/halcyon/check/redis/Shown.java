package io.halcyon.check.redis;

/** What came from outside, fit for a line that a person reads. */
final class Shown {

    private static final int MOST_CHARACTERS = 120;

    private Shown() {}

    /** Printable ASCII, not too much of it. */
    static String of(String text) {
        var cut = text.substring(0, Math.min(text.length(), MOST_CHARACTERS));
        return cut.strip().replaceAll("[^ -~]", ".");
    }
}
