package io.halcyon.check.file;

import static io.halcyon.spi.keys.KeyValue.refused;

import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Makes checks of the type {@code file}. */
@Component(service = HealthCheckFactory.class)
public final class FileCheckFactory implements HealthCheckFactory<FileKeys> {

    private static final int MOST_DIGITS = 10;

    @Override
    public String type() {
        return "file";
    }

    @Override
    public Class<FileKeys> parameters() {
        return FileKeys.class;
    }

    @Override
    public HealthCheck create(String name, FileKeys keys) {
        var existence = FileCheck.Existence.of(keys.exists());
        if (existence == FileCheck.Existence.NO) {
            requireNothingElse(keys);
        }
        var file = path(keys.file());
        return new FileCheck(
                file,
                existence,
                Math.round(keys.age_max() * 1e9),
                new Content(file, keys.limit(), keys.contains(), pattern(keys.regex()), keys.regex_no_match()),
                keys.dynamic() ? new WeightNumber(keys.multiplier()) : null,
                initial(file, keys));
    }

    private static Path path(String text) {
        try {
            var path = Path.of(text);
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException notOne) {
            throw refused("file", text, "an absolute path", notOne);
        }
        throw refused("file", text, "an absolute path");
    }

    private static @Nullable Pattern pattern(String regex) {
        try {
            return regex.isEmpty() ? null : Pattern.compile(regex, Pattern.MULTILINE);
        } catch (PatternSyntaxException e) {
            throw refused("regex", regex, "a Java regular expression (" + e.getDescription() + ")", e);
        }
    }

    private static @Nullable InitialNumber initial(Path file, FileKeys keys) {
        var text = keys.init_file().strip();
        if (text.isEmpty()) {
            return null;
        }
        if (!keys.dynamic()) {
            throw refused("init.file", text, "nothing without dynamic = yes");
        }
        if (!text.matches("[+-]?\\d{1," + MOST_DIGITS + "}")) {
            throw refused("init.file", text, "an integer");
        }
        return new InitialNumber(file, text, keys.init_file_overwrite());
    }

    private static void requireNothingElse(FileKeys keys) {
        boolean asksMore =
                keys.age_max() > 0 || keys.dynamic() || !keys.contains().isEmpty();
        if (asksMore || !keys.regex().isEmpty()) {
            throw refused("exists", "no", "yes or any, if age.max, contains, regex or dynamic is given");
        }
    }
}
