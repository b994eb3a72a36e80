package io.halcyon.itests.lab.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code docs/figures.md}: a section per part of the bench. Only those that ran are written anew. */
final class FiguresPage {

    private static final Pattern HEADING = Pattern.compile("(?m)^## ");
    private static final String PREFACE =
            """
            # Figures

            Halcyon beside Debian's keepalived (`peer`; of checks HAProxy), measured in turn in the same run by `./bench`, which wrote
            every table with a `ratio`. What was measured another way is in sections of its own, which say how.
            Hosts are network namespaces on one machine. What is counted is seen from outside: packets at the switch with the kernel's
            time stamps, what the kernels tell of addresses, and a client that asks each address for an echo every millisecond.
            A value is the median of the runs unless its name says otherwise; `-` was not measured, and there is no ratio to 0 or to
            what never ended.
            """;

    private FiguresPage() {}

    /** The page with the new sections in the place of the old ones, or in the order given behind what is there. */
    static String updated(String page, String context, List<Section> sections) {
        Map<String, String> parts = parts(page);
        sections.forEach(section -> parts.put(section.name(), body(context, section)));
        var text = new StringBuilder(PREFACE);
        parts.forEach((name, body) -> text.append("\n## ")
                .append(name)
                .append("\n\n")
                .append(body.strip())
                .append('\n'));
        return text.toString();
    }

    private static Map<String, String> parts(String page) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (var piece : HEADING.splitAsStream(page).skip(1).toList()) { // the first is the preface
            int end = piece.indexOf('\n');
            int heading = end < 0 ? piece.length() : end;
            parts.put(
                    piece.substring(0, heading).strip(),
                    piece.substring(heading).strip());
        }
        return parts;
    }

    private static String body(String context, Section section) {
        var text = new StringBuilder(context).append("\n\n").append(Tables.markdown(section.figures()));
        section.notes().forEach(note -> text.append("\n- ").append(note));
        return text.toString();
    }
}
