package io.halcyon.settings;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Values of every form a configuration can come in, as one would write them into a {@code .cfg} file. */
final class PlainText {

    private PlainText() {}

    /** One value, an array or a collection of them. */
    static String of(Object value) {
        if (value instanceof Collection<?> collection) {
            return Members.join(collection.stream().map(PlainText::of).toList());
        }
        if (value.getClass().isArray()) {
            List<String> members = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                members.add(of(Array.get(value, i)));
            }
            return Members.join(members);
        }
        if (value instanceof Double || value instanceof Float) {
            return decimal(value.toString());
        }
        return value instanceof Enum<?> constant
                ? constant.name()
                : value.toString().strip();
    }

    /** Without an exponent and without a fraction of zero: {@code 1.0E-4} is {@code 0.0001}, {@code 1.0} is {@code 1}. */
    private static String decimal(String number) {
        try {
            BigDecimal plain = new BigDecimal(number).stripTrailingZeros();
            return plain.toPlainString();
        } catch (NumberFormatException e) {
            return number;
        }
    }
}
