package io.halcyon.console.shell.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainOutputTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            textBlock =
                    """
            plain text,              plain text
            <[1mbold<[0m,            bold
            <[38;5;196mred<[m!,      red!
            <[?25lhidden<[?25h,      hidden
            <]0;a title^done,        done
            <]8;;http://x<\\link,    link
            <(Bascii,                ascii
            <Mup,                    up
            grüße <[32m→<[0m,        grüße →
            cut <[3,                 "cut "
            """)
    void controlSequencesAreTakenOut(String written, String expected) throws IOException {
        String text = written.replace('<', '\u001b').replace('^', '\u0007');
        var bytes = new ByteArrayOutputStream();
        try (var plain = new PlainOutput(bytes)) {
            plain.write(text.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(expected);
    }
}
