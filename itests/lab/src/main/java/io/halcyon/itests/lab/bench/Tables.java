package io.halcyon.itests.lab.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Figures as text for a terminal, as Markdown and as JSON: the same fields in the same order. */
final class Tables {

    private static final List<String> HEADER = List.of("name", "unit", "halcyon", "peer", "ratio", "runs", "target");
    private static final int FIRST_NUMBER = 2;
    private static final int LAST_NUMBER = 5;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Tables() {}

    /** Columns under each other, as wide as their longest cell. */
    static String text(List<Figure> figures) {
        var rows = rows(figures);
        var widths = IntStream.range(0, HEADER.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(column -> padded(row.get(column), widths[column], column))
                        .collect(Collectors.joining(" | "))
                        .stripTrailing())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String padded(String cell, int width, int column) {
        var blanks = " ".repeat(width - cell.length());
        return numeric(column) ? blanks + cell : cell + blanks;
    }

    static String markdown(List<Figure> figures) {
        var rows = new ArrayList<>(rows(figures));
        rows.add(
                1,
                IntStream.range(0, HEADER.size())
                        .mapToObj(column -> numeric(column) ? "--:" : "---")
                        .toList());
        return rows.stream()
                .map(row -> row.stream().collect(Collectors.joining(" | ", "| ", " |")))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static boolean numeric(int column) {
        return column >= FIRST_NUMBER && column <= LAST_NUMBER;
    }

    private static List<List<String>> rows(List<Figure> figures) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        figures.forEach(figure -> rows.add(List.of(
                figure.name(),
                figure.unit(),
                Numbers.text(figure.halcyon()),
                Numbers.text(figure.peer()),
                Numbers.text(figure.ratio()),
                Integer.toString(figure.runs()),
                figure.targetText())));
        return rows;
    }

    /** An array of objects; null stands for what was not measured or never ended. */
    static String json(List<Figure> figures) {
        var array = JsonNodeFactory.instance.arrayNode();
        figures.forEach(figure -> array.add(object(figure)));
        try {
            return JSON.writeValueAsString(array) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // a tree of numbers and texts
        }
    }

    private static ObjectNode object(Figure figure) {
        var object = JsonNodeFactory.instance.objectNode();
        object.put("name", figure.name());
        object.put("unit", figure.unit());
        number(object, "halcyon", figure.halcyon());
        number(object, "peer", figure.peer());
        number(object, "ratio", figure.ratio());
        object.put("runs", figure.runs());
        object.put("target", figure.targetText());
        return object;
    }

    private static void number(ObjectNode object, String name, double value) {
        if (Double.isFinite(value)) {
            object.put(name, Numbers.rounded(value));
        } else {
            object.putNull(name);
        }
    }
}
