package io.halcyon.console.shell.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionsTest {

    private final List<String> asked = new ArrayList<>();

    /** The cursor is at the end of the last word. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            textBlock =
                    """
            vrrp:show V                => vrrp:show V
            vrrp:show -o json V        => vrrp:show -o json V
            vrrp:show VI_1 -o j        => vrrp:show VI_1 -o j
            vrrp:show VI_1 --o         => vrrp:show --o
            vrrp:priority VI_1 --save 1 => vrrp:priority --save VI_1 1
            vrrp:show VI_1 -o json x   => vrrp:show -o json VI_1 x
            """)
    void karafIsAskedWithTheOptionsFirst(String typed, String expected) {
        List<String> offered = Completions.of(session(), List.of(typed.split(" ")));

        assertThat(asked).containsExactly(expected);
        assertThat(offered).containsExactly("VI_1", "VI_2");
    }

    @Test
    void theFirstWordIsACommand() {
        assertThat(Completions.of(session(), List.of("vrrp:s"))).containsExactly("vrrp:show");
        assertThat(Completions.of(session(), List.of(""))).containsExactly("help", "vrrp:priority", "vrrp:show");
        assertThat(Completions.of(session(), List.of("ha:h"))).isEmpty();
        assertThat(Completions.of(session(), List.of("nosuch:command", ""))).isEmpty();
    }

    private Session session() {
        List<Command> commands = List.of(
                command("vrrp", "show"), command("vrrp", "priority"), command("*", "help"), command("ha", "hurry"));
        var registry = proxy(
                Registry.class,
                (name, values) -> name.equals("getCommands")
                        ? commands
                        : commands.stream()
                                .filter(command -> command.getScope().equals(values[0])
                                        && command.getName().equals(values[1]))
                                .findFirst()
                                .orElse(null));
        return proxy(Session.class, (name, values) -> name.equals("getRegistry") ? registry : values[0]);
    }

    private Command command(String scope, String name) {
        return proxy(Command.class, (method, values) -> switch (method) {
            case "getScope" -> scope;
            case "getName" -> name;
            default -> (Completer) this::complete;
        });
    }

    private int complete(Session session, CommandLine line, List<String> candidates) {
        asked.add(String.join(" ", line.getArguments()));
        assertThat(line.getCursorArgumentIndex()).isEqualTo(line.getArguments().length - 1);
        assertThat(line.getArgumentPosition())
                .isEqualTo(line.getCursorArgument().length());
        candidates.addAll(List.of("VI_2 ", "VI_1 "));
        return 0;
    }

    private interface Answers {
        Object to(String method, Object[] values);
    }

    private static <T> T proxy(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                CompletionsTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, values) -> answers.to(method.getName(), values)));
    }
}
