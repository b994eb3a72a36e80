package io.halcyon.check.http;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Status codes that are fine: numbers and ranges. Immutable. */
record StatusCodes(List<Range> ranges) {

    private static final Pattern RANGE = Pattern.compile("([1-5]\\d\\d)(\\s*-\\s*([1-5]\\d\\d))?");

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
    static StatusCodes of(String... members) {
        if (members.length == 0) {
            throw new IllegalArgumentException("at least one code or range");
        }
        return new StatusCodes(Arrays.stream(members).map(StatusCodes::range).toList());
    }

    boolean contains(int status) {
        for (var range : ranges) {
            if (range.from <= status && status <= range.to) {
                return true;
            }
        }
        return false;
    }

    private static Range range(String member) {
        var matcher = RANGE.matcher(member.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("codes from 100 to 599 and ranges of them, such as 200-399");
        }
        int from = Integer.parseInt(matcher.group(1));
        var end = matcher.group(3);
        int to = end == null ? from : Integer.parseInt(end);
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
