package io.halcyon.itests.architecture;

import io.halcyon.settings.Schema;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The keys of one annotation type, with where they may be used.
 *
 * @param room who has it
 * @param keys simple name of the annotation type
 * @param pid PID or factory PID of its family, empty if they are the keys of one type
 * @param schema as engines read it
 */
record Metatype(Room room, String keys, String pid, Schema<?> schema) {

    private static final Pattern PID = Pattern.compile("<Designate (?:factoryPid|pid)=\"([^\"]+)\"");

    static List<Metatype> all() {
        return Room.all().stream().flatMap(room -> of(room).stream()).toList();
    }

    static List<Metatype> of(Room room) {
        Path folder = room.classesFolder().resolve("OSGI-INF/metatype");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Metatype> found = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                Matcher pid = PID.matcher(Room.text(file));
                String type = file.getFileName().toString().replaceAll("\\.xml$", "");
                String simple = type.substring(type.lastIndexOf('.') + 1);
                found.add(new Metatype(room, simple, pid.find() ? pid.group(1) : "", Schema.of(load(type))));
            }
            return found;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Class<? extends Annotation> load(String type) {
        try {
            return Class.forName(type).asSubclass(Annotation.class);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
