package io.halcyon.notify.smtp;

/** A letter as a page that needs nothing from anywhere: no picture, no style sheet, no script, no link. */
final class HtmlForm {

    private HtmlForm() {}

    static String of(Letter letter) {
        var page = new StringBuilder(head(letter));
        letter.facts().forEach((label, value) -> page.append(row(label, value)));
        page.append("</table>\n");
        letter.passages().forEach(passage -> page.append(passage(passage)));
        return page.append("</body>\n</html>\n").toString();
    }

    private static String head(Letter letter) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head><meta charset="utf-8"><title>%s</title></head>
                <body style="font-family: sans-serif; font-size: 14px">
                <p style="font-size: 16px"><strong>=&gt; %s &lt;=</strong></p>
                <table style="border-collapse: collapse">
                """
                .formatted(escape(letter.subject()), escape(letter.headline()));
    }

    private static String row(String label, String value) {
        return """
                <tr><th style="text-align: left; vertical-align: top; padding: 2px 12px 2px 0">%s</th><td>%s</td></tr>
                """
                .formatted(escape(label), escape(value));
    }

    private static String passage(Letter.Passage passage) {
        return """
                <p><strong>%s</strong></p>
                <pre style="white-space: pre-wrap">%s</pre>
                """
                .formatted(escape(passage.title()), escape(String.join("\n", passage.lines())));
    }

    private static String escape(String text) {
        var safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }
}
