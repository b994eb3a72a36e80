package io.halcyon.console.shell.line;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What {@code bin/halcyon shell} runs: {@code ShellClient SOCKET TYPE SIZE}, in a terminal that the launcher has put into raw
 * mode and will put back. Needs nothing but the JDK and stty(1).
 */
public final class ShellClient implements Wire.Beginning {

    /** As a shell says that signal 1 has ended a program. */
    private static final int HUNG_UP = 129;

    private final String type;
    private final String size;

    private ShellClient(String type, String size) {
        this.type = type;
        this.size = size;
    }

    public static void main(String[] arguments) {
        System.exit(Wire.talk(Path.of(arguments[0]), new ShellClient(arguments[1], arguments[2])));
    }

    @Override
    public void send(Wire wire) throws IOException {
        wire.send(Frame.window(Window.ofStty(size)));
        wire.send(Frame.text(Frame.Kind.SHELL, type));
        onResize(() -> resize(wire));
        var typing = new Thread(() -> copyInput(wire), "typing");
        typing.setDaemon(true);
        typing.start();
    }

    private static void copyInput(Wire wire) {
        byte[] typed = new byte[4096];
        InputStream in = System.in;
        try {
            for (int count = in.read(typed); count >= 0; count = in.read(typed)) {
                wire.send(new Frame(Frame.Kind.INPUT, ByteBuffer.wrap(typed, 0, count)));
            }
        } catch (IOException e) {
            // The other thread sees that the connection is gone, and says so.
            return;
        }
        // The terminal is gone.
        Runtime.getRuntime().halt(HUNG_UP);
    }

    private static void resize(Wire wire) {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Redirect.INHERIT)
                    .redirectError(Redirect.DISCARD)
                    .start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            wire.send(Frame.window(Window.ofStty(size)));
        } catch (IOException e) {
            // The size stays as it was.
        }
    }

    /** By reflection: the compiler warns of {@code sun.misc.Signal}, for which there is no other name yet. */
    private static void onResize(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object calls = Proxy.newProxyInstance(
                    ShellClient.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, values) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("WINCH"), calls);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // A terminal that cannot be resized is still one.
        }
    }
}
