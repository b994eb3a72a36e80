package io.halcyon.check.redis;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a field of {@code INFO} has to be. Immutable.
 *
 * @param field its name
 * @param relation {@code = != < <= > >=}
 * @param value what it is compared with: as text, or as number if the relation is one of order
 */
record Condition(String field, String relation, String value) {

    private static final String ALLOWED =
            "conditions such as connected_slaves >= 1 or master_link_status = up, with = != < <= > >=; numbers if it is"
                    + " one of order";
    private static final Pattern WRITTEN = Pattern.compile("([\\w-]+)\\s*(!=|<=|>=|=|<|>)\\s*([^\\s=<>].*)");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,20}(\\.\\d{1,20})?");

    /**
     * Reads conditions.
     *
     * @throws IllegalArgumentException saying what is allowed
     */
    static List<Condition> of(String[] members) {
        return Arrays.stream(members).map(Condition::of).toList();
    }

    private static Condition of(String member) {
        var matcher = WRITTEN.matcher(member.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(ALLOWED);
        }
        var condition = new Condition(matcher.group(1), matcher.group(2), matcher.group(3));
        if (condition.isOfOrder() && !NUMBER.matcher(condition.value).matches()) {
            throw new IllegalArgumentException(ALLOWED);
        }
        return condition;
    }

    /** What is wrong, null if nothing is. */
    @Nullable
    String faultOf(Info info) {
        var actual = info.field(field);
        if (actual == null) {
            return "there is no " + field + ", expected is " + relation + " " + value;
        }
        return holds(actual) ? null : field + " is " + actual + ", expected is " + relation + " " + value;
    }

    private boolean holds(String actual) {
        if (!isOfOrder()) {
            return actual.equals(value) == relation.equals("=");
        }
        if (!NUMBER.matcher(actual).matches()) {
            return false;
        }
        int order = new BigDecimal(actual).compareTo(new BigDecimal(value));
        return switch (relation) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private boolean isOfOrder() {
        return relation.startsWith("<") || relation.startsWith(">");
    }
}
