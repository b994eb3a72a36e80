package io.halcyon.settings;

/**
 * Names of objects as parts of file names. What has no file of its own in {@code etc} may have a slash in its name, and a file on disk
 * must not: it, {@code %} and control characters are written as {@code %2F} and the like.
 */
public final class FileNames {

    private static final int HEX = 16;

    private FileNames() {}

    /** The text that stands for a name. */
    public static String of(String name) {
        var text = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '/' || c == '%' || c < ' ') {
                text.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c / HEX, HEX)))
                        .append(Character.toUpperCase(Character.forDigit(c % HEX, HEX)));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    /** The name that a text stands for; a {@code %} that nobody here has written stands for itself. */
    public static String nameIn(String text) {
        var name = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int code = c == '%' ? codeAt(text, i + 1) : -1;
            name.append(code < 0 ? c : (char) code);
            i += code < 0 ? 0 : 2;
        }
        return name.toString();
    }

    private static int codeAt(String text, int at) {
        if (at + 1 >= text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(at), HEX);
        int low = Character.digit(text.charAt(at + 1), HEX);
        return high < 0 || low < 0 ? -1 : high * HEX + low;
    }
}
