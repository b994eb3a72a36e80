package io.halcyon.notify.webhook;

import io.halcyon.spi.keys.KeyValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the template that the keys tell of. */
final class TemplateKeys {

    private static final int MOST_BYTES = 64 << 10;

    private TemplateKeys() {}

    /**
     * Reads it.
     *
     * @return null if there is none
     * @throws IllegalArgumentException naming the key and what is allowed
     */
    static @Nullable Template read(WebhookKeys keys) {
        var inline = keys.template();
        var file = keys.template_file();
        if (inline.isEmpty() && file.isEmpty()) {
            return null;
        }
        if (!inline.isEmpty() && !file.isEmpty()) {
            throw KeyValue.refused("template.file", file, "either template or template.file");
        }
        var key = file.isEmpty() ? "template" : "template.file";
        // Not shown: some receivers want their key in the body.
        var shown = file.isEmpty() ? TargetKeys.HIDDEN : file;
        if (!keys.preset().equals("plain")) {
            throw KeyValue.refused(key, shown, "nothing with preset = " + keys.preset());
        }
        var text = file.isEmpty() ? inline : text(file);
        try {
            return Template.of(text);
        } catch (IllegalArgumentException e) {
            throw KeyValue.refused(key, shown, String.valueOf(e.getMessage()));
        }
    }

    private static String text(String name) {
        var path = Path.of(name);
        if (!path.isAbsolute()) {
            throw KeyValue.refused("template.file", name, "an absolute path");
        }
        try {
            if (Files.size(path) > MOST_BYTES) {
                throw KeyValue.refused("template.file", name, "a file of at most " + MOST_BYTES + " bytes");
            }
            return Files.readString(path, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw KeyValue.refused(
                    "template.file",
                    name,
                    "a file of UTF-8 text that can be read (" + e.getClass().getSimpleName() + ")");
        }
    }
}
