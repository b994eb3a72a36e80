package io.halcyon.check.nginx;

import java.util.Arrays;
import java.util.List;

/** HTTP status codes that count as an answer: numbers and ranges. Immutable. */
record StatusCodes(List<Range> ranges) {

    record Range(int from, int to) {
        @Override
        public String toString() {
            return from == to ? Integer.toString(from) : from + "-" + to;
        }
    }

    StatusCodes {
        ranges = List.copyOf(ranges);
    }

    /**
     * Reads members such as {@code 200} and {@code 301-399}.
     *
     * @throws IllegalArgumentException saying what is allowed
     */
    static StatusCodes of(String[] members) {
        if (members.length == 0) {
            throw new IllegalArgumentException("at least one code or range");
        }
        return new StatusCodes(Arrays.stream(members).map(StatusCodes::range).toList());
    }

    boolean contains(int status) {
        return ranges.stream().anyMatch(range -> range.from <= status && status <= range.to);
    }

    private static Range range(String member) {
        var text = member.strip();
        if (!text.matches("[1-5]\\d\\d(\\s*-\\s*[1-5]\\d\\d)?")) {
            throw new IllegalArgumentException("codes from 100 to 599 and ranges of them, such as 200-399");
        }
        int from = Integer.parseInt(text.substring(0, 3));
        int to = Integer.parseInt(text.substring(text.length() - 3));
        if (from > to) {
            throw new IllegalArgumentException("ranges from the lower to the higher code");
        }
        return new Range(from, to);
    }

    @Override
    public String toString() {
        return String.join(", ", ranges.stream().map(Range::toString).toList());
    }
}
