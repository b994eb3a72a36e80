package io.halcyon.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What really stands in a {@code .cfg} file, before FileInstall replaced variables and ate backslashes. */
final class WrittenLines {

    private WrittenLines() {}

    /** The text behind a key, the last one if it is there twice; empty if the file or the key cannot be found. */
    static String valueOf(String key, String file) {
        if (!file.endsWith(".cfg")) {
            return "";
        }
        try {
            String value = "";
            // FileInstall reads ISO-8859-1 as well; no byte is malformed in it.
            for (String line : Files.readAllLines(Path.of(file), StandardCharsets.ISO_8859_1)) {
                String text = line.strip();
                if (text.startsWith(key) && isSeparator(text, key.length())) {
                    value = text.substring(key.length());
                }
            }
            return value;
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean isSeparator(String line, int at) {
        return line.length() > at && " \t=:".indexOf(line.charAt(at)) >= 0;
    }
}
