package io.halcyon.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Moments in the form of {@link Instant#toString}, without the garbage that the JDK makes on its way there and back. */
final class InstantText {

    private static final int SECONDS_PER_DAY = 86_400;

    /** From year 0 to year 9999 a year has four digits and no sign. */
    private static final long FIRST_SECOND = -62_167_219_200L;

    private static final long LAST_SECOND = 253_402_300_799L;

    /** {@code 2026-11-23T17:45:00Z}. */
    private static final int SHORTEST = 20;

    private static final int NOT_A_NUMBER = -1;

    /** Most moments are of the same day as the one before. */
    private static volatile LocalDate lastDate = LocalDate.EPOCH;

    private InstantText() {}

    /** Adds what {@link Instant#toString} says. */
    static void write(Instant moment, LineBuffer to) {
        long second = moment.getEpochSecond();
        if (second < FIRST_SECOND || second > LAST_SECOND) {
            to.add(moment.toString());
            return;
        }
        var date = date(Math.floorDiv(second, SECONDS_PER_DAY));
        int time = Math.floorMod(second, SECONDS_PER_DAY);
        to.addDigits(date.getYear(), 4);
        to.add((byte) '-');
        to.addDigits(date.getMonthValue(), 2);
        to.add((byte) '-');
        to.addDigits(date.getDayOfMonth(), 2);
        to.add((byte) 'T');
        to.addDigits(time / 3_600, 2);
        to.add((byte) ':');
        to.addDigits(time / 60 % 60, 2);
        to.add((byte) ':');
        to.addDigits(time % 60, 2);
        fraction(moment.getNano(), to);
        to.add((byte) 'Z');
    }

    /**
     * What {@link Instant#parse} says.
     *
     * @throws DateTimeException if it is no moment
     */
    static Instant parse(char[] text, int from, int length) {
        var usual = usual(text, from, length);
        return usual != null ? usual : Instant.parse(new String(text, from, length));
    }

    private static void fraction(int nanos, LineBuffer to) {
        if (nanos == 0) {
            return;
        }
        to.add((byte) '.');
        if (nanos % 1_000 != 0) {
            to.addDigits(nanos, 9);
        } else if (nanos % 1_000_000 != 0) {
            to.addDigits(nanos / 1_000, 6);
        } else {
            to.addDigits(nanos / 1_000_000, 3);
        }
    }

    /** Null for all that {@link #write} would not have written, which includes what is no moment. */
    private static @Nullable Instant usual(char[] text, int from, int length) {
        if (length < SHORTEST
                || text[from + 4] != '-'
                || text[from + 7] != '-'
                || text[from + 10] != 'T'
                || text[from + 13] != ':'
                || text[from + 16] != ':'
                || text[from + length - 1] != 'Z') {
            return null;
        }
        int year = number(text, from, 4);
        int month = number(text, from + 5, 2);
        int day = number(text, from + 8, 2);
        int hour = number(text, from + 11, 2);
        int minute = number(text, from + 14, 2);
        int second = number(text, from + 17, 2);
        int nanos = nanos(text, from + SHORTEST - 1, length - SHORTEST);
        boolean numbers = year >= 0 && month > 0 && day > 0 && hour >= 0 && minute >= 0 && second >= 0 && nanos >= 0;
        if (!numbers || month > 12 || day > 31 || hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        long epochDay = date(year, month, day).toEpochDay();
        return Instant.ofEpochSecond(epochDay * SECONDS_PER_DAY + hour * 3_600L + minute * 60L + second, nanos);
    }

    private static LocalDate date(long epochDay) {
        var date = lastDate;
        if (date.toEpochDay() != epochDay) {
            date = LocalDate.ofEpochDay(epochDay);
            lastDate = date;
        }
        return date;
    }

    private static LocalDate date(int year, int month, int day) {
        var date = lastDate;
        if (date.getYear() != year || date.getMonthValue() != month || date.getDayOfMonth() != day) {
            date = LocalDate.of(year, month, day);
            lastDate = date;
        }
        return date;
    }

    /** A point and three, six or nine digits, or nothing. */
    private static int nanos(char[] text, int from, int length) {
        if (length == 0) {
            return 0;
        }
        if (text[from] != '.') {
            return NOT_A_NUMBER;
        }
        int number = number(text, from + 1, length - 1);
        return switch (length - 1) {
            case 3 -> number < 0 ? number : number * 1_000_000;
            case 6 -> number < 0 ? number : number * 1_000;
            case 9 -> number;
            default -> NOT_A_NUMBER;
        };
    }

    private static int number(char[] text, int from, int digits) {
        int number = 0;
        for (int place = from; place < from + digits; place++) {
            int digit = text[place] - '0';
            if (digit < 0 || digit > 9) {
                return NOT_A_NUMBER;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
