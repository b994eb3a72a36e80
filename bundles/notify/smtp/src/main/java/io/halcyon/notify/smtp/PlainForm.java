package io.halcyon.notify.smtp;

import java.util.Locale;

/** A letter as plain text. */
final class PlainForm {

    private PlainForm() {}

    /** Lines that end with a line feed. */
    static String of(Letter letter) {
        var text = new StringBuilder("=> " + letter.headline() + " <=\n\n");
        letter.facts().forEach((label, value) -> text.append(String.format(Locale.ROOT, "%-11s", label))
                .append(value)
                .append('\n'));
        for (var passage : letter.passages()) {
            text.append('\n').append(passage.title()).append('\n');
            passage.lines().forEach(line -> text.append("  ").append(line).append('\n'));
        }
        return text.toString();
    }
}
