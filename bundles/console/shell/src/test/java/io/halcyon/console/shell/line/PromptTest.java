package io.halcyon.console.shell.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import org.apache.karaf.shell.api.console.Session;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptTest {

    @ParameterizedTest
    @CsvSource({
        "lb1, '', 'lb1> '",
        "lb1.example.org, '', 'lb1> '",
        "192.168.88.129, '', '192.168.88.129> '",
        "lb1, vrrp, 'lb1 vrrp> '",
        "a-name-that-is-longer-than-anybody-wants, '', 'a-name-that-is-longer-th> '"
    })
    void tellsTheNodeAndIsShort(String node, String subshell, String prompt) {
        var session = (Session) Proxy.newProxyInstance(
                PromptTest.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, values) -> subshell);

        assertThat(Prompt.text(node, session)).isEqualTo(prompt);
    }
}
