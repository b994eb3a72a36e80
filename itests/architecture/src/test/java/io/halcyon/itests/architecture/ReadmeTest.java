package io.halcyon.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.settings.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every bundle's page has the same order, and its table names the keys that the bundle really has. */
class ReadmeTest {

    /** Pipes within a cell are escaped. */
    private static final Pattern CELL_END = Pattern.compile("(?<!\\\\)\\|");

    private static final Pattern BETWEEN_TABLES = Pattern.compile("\\n\\s*\\n");

    private static final Pattern CODE = Pattern.compile("`([^`]*)`");

    static Stream<Room> rooms() {
        return Room.all().stream();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void thePageHasTheHeadingsInOrder(Room room) {
        String page = page(room);
        List<String> headings = page.lines()
                .filter(line -> line.startsWith("# ") || line.startsWith("## "))
                .toList();

        assertThat(headings).startsWith("# " + room.symbolicName(), "## Description", "## Configuration");
        assertThat(section(page, "## Description")).isNotBlank();
        if (!Metatype.of(room).isEmpty()) {
            assertThat(headings).contains("## Examples");
        }
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void theTableHasTheKeysOfTheMetatype(Room room) {
        String configuration = section(page(room), "## Configuration");
        List<Map<String, Key>> metatypes = new ArrayList<>();
        Metatype.of(room).forEach(metatype -> metatypes.add(keys(List.of(metatype))));
        List<String> tables = BETWEEN_TABLES
                .splitAsStream(configuration)
                .filter(text -> !rows(text).isEmpty())
                .toList();

        if (repeat(metatypes) && tables.size() == metatypes.size()) {
            assertThat(tables.stream().map(ReadmeTest::names))
                    .containsExactlyInAnyOrderElementsOf(metatypes.stream()
                            .map(keys -> List.copyOf(keys.keySet()))
                            .toList());
            for (String table : tables) {
                metatypes.stream()
                        .filter(keys -> names(table).equals(List.copyOf(keys.keySet())))
                        .forEach(keys -> assertTable(table, keys));
            }
        } else {
            assertTable(configuration, keys(Metatype.of(room)));
        }
        if (Metatype.of(room).isEmpty()) {
            assertThat(configuration.strip()).startsWith("None.");
        }
    }

    private static Map<String, Key> keys(List<Metatype> metatypes) {
        Map<String, Key> keys = new TreeMap<>();
        metatypes.forEach(metatype -> metatype.schema().keys().forEach(key -> keys.put(key.name(), key)));
        return keys;
    }

    /** Whether a key has the same name in two of them, so that one table may not be enough. */
    private static boolean repeat(List<Map<String, Key>> metatypes) {
        long names = metatypes.stream()
                .flatMap(keys -> keys.keySet().stream())
                .distinct()
                .count();
        return names < metatypes.stream().mapToInt(Map::size).sum();
    }

    /** Of the keys of a table, sorted. */
    private static List<String> names(String section) {
        return rows(section).stream().map(row -> row.get(0)).sorted().toList();
    }

    private static void assertTable(String table, Map<String, Key> keys) {
        List<List<String>> rows = rows(table);

        assertThat(rows.stream().map(row -> row.get(0))).containsExactlyInAnyOrderElementsOf(keys.keySet());
        for (List<String> row : rows) {
            assertThat(row.get(1)).as("type of " + row.get(0)).isEqualTo(typeOf(keys.get(row.get(0))));
            assertDefault(keys.get(row.get(0)), row.get(2));
        }
    }

    /** {@code required}, or the default in code quotes, or words for one that is empty. */
    private static void assertDefault(Key key, String cell) {
        assertThat(cell.equals("required")).as(key.name() + " is required").isEqualTo(key.required());
        Matcher code = CODE.matcher(cell);
        if (code.matches()) {
            assertThat(code.group(1)).as("default of " + key.name()).isEqualTo(key.defaultValue());
        } else {
            assertThat(key.defaultValue()).as("default of " + key.name()).isIn(null, "");
        }
    }

    private static String typeOf(Key key) {
        return key.list()
                ? "list"
                : switch (key.kind()) {
                    case TEXT -> "text";
                    case INTEGER -> "integer";
                    case DECIMAL -> "decimal";
                    case BOOLEAN -> "yes/no";
                    case SECRET -> "secret";
                };
    }

    private static List<List<String>> rows(String section) {
        List<List<String>> rows = new ArrayList<>();
        for (String line :
                section.lines().filter(text -> text.startsWith("| `")).toList()) {
            List<String> cells =
                    CELL_END.splitAsStream(line).skip(1).map(String::strip).toList();
            assertThat(cells).as(line).hasSize(4).noneMatch(cell -> cells.get(3).isEmpty());
            rows.add(List.of(cells.get(0).replace("`", ""), cells.get(1), cells.get(2), cells.get(3)));
        }
        return rows;
    }

    private static String page(Room room) {
        return Room.text(room.folder().resolve("README.md"));
    }

    private static String section(String page, String heading) {
        int start = page.indexOf(heading + "\n");
        if (start < 0) {
            return "";
        }
        int end = page.indexOf("\n## ", start);
        return page.substring(start + heading.length(), end < 0 ? page.length() : end);
    }
}
