package io.halcyon.itests.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody at a host's terminal, which script(1) makes: types, and reads what is shown, control sequences left out. */
final class Typist implements AutoCloseable {

    static final String CTRL_C = "\u0003";
    static final String CTRL_D = "\u0004";
    static final String CTRL_Z = "\u001a";
    /** As a terminal sends it whose application has asked for that, and the shell does. */
    static final String UP = "\u001bOA";

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern CONTROL = Pattern.compile("\u001b(\\[[0-9;?]*[ -/]*[@-~]|[=>]|[()].)|\u0007");

    private final Process process;
    private int read;

    // Guarded by itself.
    private final StringBuilder shown = new StringBuilder();

    /** @param script lines of sh that run in the terminal */
    Typist(Host host, Map<String, String> environment, String script) {
        process = host.open(environment, List.of("script", "-qefc", script, "/dev/null"));
        var reader = new Thread(this::copy, "typist");
        reader.setDaemon(true);
        reader.start();
    }

    private void copy() {
        byte[] bytes = new byte[4096];
        InputStream in = process.getInputStream();
        try {
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                append(new String(bytes, 0, count, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            append("\n[the terminal is gone]\n");
        }
    }

    private void append(String text) {
        synchronized (shown) {
            shown.append(text);
        }
    }

    private String raw() {
        synchronized (shown) {
            return shown.toString();
        }
    }

    void type(String text) {
        try {
            process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until something is shown behind what was awaited last; returns what was shown until then. */
    String await(String regex) {
        var pattern = Pattern.compile(regex);
        try {
            return Await.found("the terminal shows " + regex, LIMIT, () -> {
                String text = screen();
                Matcher found = pattern.matcher(text);
                if (!found.find(read)) {
                    return Optional.empty();
                }
                String until = text.substring(read, found.end());
                read = found.end();
                return Optional.of(until);
            });
        } catch (LabException e) {
            throw new LabException(e.getMessage() + "; it shows: " + screen().substring(read), e);
        }
    }

    /** A text to which more is only appended, as long as no sequence is cut; a cut one at the end is left out. */
    private String screen() {
        String text = raw();
        int last = text.lastIndexOf('\u001b');
        boolean cut =
                last >= 0 && !CONTROL.matcher(text).region(last, text.length()).lookingAt();
        return CONTROL.matcher(cut ? text.substring(0, last) : text).replaceAll("");
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
