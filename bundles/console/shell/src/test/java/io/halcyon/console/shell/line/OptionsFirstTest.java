package io.halcyon.console.shell.line;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsFirstTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            textBlock =
                    """
            vrrp:list                        => vrrp:list
            vrrp:show VI_1 -o json           => vrrp:show -o json VI_1
            vrrp:priority VI_1 120 --save    => vrrp:priority --save VI_1 120
            vrrp:priority VI_1 -5            => vrrp:priority VI_1 -5
            vrrp:show 'a b' -o json          => vrrp:show -o json 'a b'
            vrrp:show "a \\" | b" -o json    => vrrp:show -o json "a \\" | b"
            check:show it\\'s -o json        => check:show -o json it\\'s
            check:force c up --for 1h --reason 'a b' => check:force --for 1h --reason 'a b' c up
            ha:events -n                     => ha:events -n
            ha:timeline VI_1 --since 10m -n 3 => ha:timeline --since 10m -n 3 VI_1
            notify:dead ops --show 5         => notify:dead --show 5 ops
            notify:forget ops 5 6 --all      => notify:forget --all ops 5 6
            lvs:drain web web1 --deadline 5m --for 1h => lvs:drain --deadline 5m --for 1h web web1
            lvs:list --short                 => lvs:list --short
            check:digest http://a/ --virtualhost b --connect 10.0.0.1:80 --insecure => check:digest --virtualhost b --connect 10.0.0.1:80 --insecure http://a/
            vrrp:show VI_1 -f -n 5           => vrrp:show -f -n 5 VI_1
            ha:status;vrrp:show x -o json    => ha:status ; vrrp:show -o json x
            bundle:list x -s                 => bundle:list x -s
            check:digest 'http://[::1]/' --insecure => check:digest --insecure 'http://[::1]/'
            vrrp:show '$(a)' $(echo x) -o json => vrrp:show '$(a)' $(echo x) -o json
            vrrp:show $(echo x) -o json      => vrrp:show $(echo x) -o json
            """)
    void optionsOfOurCommandsMoveInFrontOfArguments(String line, String expected) {
        assertThat(OptionsFirst.reorder(line)).isEqualTo(expected);
    }

    @Test
    void aShortNameIsResolvedFirst() {
        assertThat(OptionsFirst.reorder("show VI_1 -o json | grep x", name -> name.equals("show") ? "vrrp:show" : name))
                .isEqualTo("show -o json VI_1 | grep x");
    }
}
