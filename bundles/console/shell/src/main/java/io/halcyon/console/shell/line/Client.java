package io.halcyon.console.shell.line;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What {@code bin/halcyon COMMAND} runs: {@code Client SOCKET SIZE WORD...}, where the size is what {@code stty size} says of
 * the terminal that the output goes to, or {@code plain}. Needs nothing but the JDK, and no lambda, which would cost a
 * fifth of its time.
 */
public final class Client implements Wire.Beginning {

    private static final String PLAIN = "plain";

    private final String size;
    private final List<String> words;

    private Client(String size, List<String> words) {
        this.size = size;
        this.words = words;
    }

    public static void main(String[] arguments) {
        System.exit(run(
                Path.of(arguments[0]), arguments[1], Arrays.asList(arguments).subList(2, arguments.length)));
    }

    static int run(Path socket, String size, List<String> words) {
        return Wire.talk(socket, new Client(size, words));
    }

    @Override
    public void send(Wire wire) throws IOException {
        if (size.equals(PLAIN)) {
            wire.send(Frame.text(Frame.Kind.PLAIN_LINE, CommandLine.of(words)));
            return;
        }
        wire.send(Frame.window(Window.ofStty(size)));
        wire.send(Frame.text(Frame.Kind.TERMINAL_LINE, CommandLine.of(words)));
    }
}
