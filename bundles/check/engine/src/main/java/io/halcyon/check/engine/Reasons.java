package io.halcyon.check.engine;

/** Compares what results say: a number in it may differ each time without being news. */
final class Reasons {

    private Reasons() {}

    /** Whether they differ in numbers only. */
    static boolean alike(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        int i = 0;
        int j = 0;
        while (i < one.length() && j < other.length()) {
            if (isDigit(one, i) && isDigit(other, j)) {
                i = endOfNumber(one, i);
                j = endOfNumber(other, j);
            } else if (one.charAt(i++) != other.charAt(j++)) {
                return false;
            }
        }
        return i == one.length() && j == other.length();
    }

    private static int endOfNumber(String text, int start) {
        int end = start;
        while (end < text.length() && isDigit(text, end)) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(String text, int at) {
        return text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }
}
