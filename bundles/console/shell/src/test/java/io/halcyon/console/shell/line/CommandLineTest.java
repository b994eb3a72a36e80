package io.halcyon.console.shell.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLineTest {

    @Test
    void aSingleWordIsALineAsItIs() {
        assertThat(CommandLine.of(List.of("vrrp:list -o json | tac"))).isEqualTo("vrrp:list -o json | tac");
    }

    @Test
    void plainWordsStayPlain() {
        assertThat(CommandLine.of(List.of("vrrp:priority", "VI_1", "120", "--save")))
                .isEqualTo("vrrp:priority VI_1 120 --save");
    }

    @Test
    void wordsWithSpecialCharactersStayOneWord() {
        assertThat(CommandLine.of(List.of("check:show", "a b", "", "it's", "$x;y")))
                .isEqualTo("check:show 'a b' '' 'it'\"'\"'s' '$x;y'");
    }
}
