package io.halcyon.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CommandLineTest {

    @Test
    void blanksSeparateWords() {
        assertThat(CommandLine.parse("  /bin/x  -a\tb ").words()).containsExactly("/bin/x", "-a", "b");
    }

    @Test
    void quotesKeepBlanksAndAdjacentPartsJoin() {
        assertThat(CommandLine.parse("/bin/x 'a b' \"c  d\" e'f 'g \"\"").words())
                .containsExactly("/bin/x", "a b", "c  d", "ef g", "");
    }

    @Test
    void aQuoteOfTheOtherKindIsAnOrdinaryCharacter() {
        assertThat(CommandLine.parse("/bin/x \"it's\" 'say \"no\"'").words())
                .containsExactly("/bin/x", "it's", "say \"no\"");
    }

    @Test
    void aBackslashTakesTheNextCharacterExceptBetweenSingleQuotes() {
        assertThat(CommandLine.parse("/bin/x a\\ b \"\\\"\" '\\n'").words())
                .containsExactly("/bin/x", "a b", "\"", "\\n");
    }

    @Test
    void noShellExpandsAnything() {
        assertThat(CommandLine.parse("/bin/x $HOME * ; `ls` | cat").words())
                .containsExactly("/bin/x", "$HOME", "*", ";", "`ls`", "|", "cat");
    }

    @Test
    void aLineThatIsOneQuotedStringIsSplitOnceMore() {
        assertThat(CommandLine.parse("\"/bin/x -a 'b c'\"").words()).containsExactly("/bin/x", "-a", "b c");
        assertThat(CommandLine.parse("\"'/my path/x' -a\"").words()).containsExactly("/my path/x", "-a");
    }

    @Test
    void anOpenQuoteAndAnEmptyLineAreRefused() {
        assertThatThrownBy(() -> CommandLine.parse("/bin/x 'a")).hasMessageContaining("is not closed");
        assertThatThrownBy(() -> CommandLine.parse("  ")).hasMessageContaining("empty");
        assertThatThrownBy(() -> CommandLine.parse("''")).hasMessageContaining("empty");
    }
}
