package io.halcyon.lvs.nftables;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program nft: one process for each transaction, which is all or nothing. */
final class Nft {

    private static final List<Path> PLACES = List.of(
            Path.of("/usr/sbin/nft"), Path.of("/sbin/nft"), Path.of("/usr/bin/nft"), Path.of("/usr/local/sbin/nft"));
    private static final int LIMIT_SECONDS = 30;
    private static final int MOST_WORDS = 300;

    private Nft() {}

    /** Whether the program is installed. */
    static boolean installed() {
        return PLACES.stream().anyMatch(Files::isExecutable);
    }

    /**
     * Carries out statements as one transaction.
     *
     * @throws NotTaken with what nft said; nothing was changed then
     * @throws IOException if there is no nft
     */
    static void run(String statements) throws IOException {
        var process = start();
        var end = process.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).whenComplete((ended, late) -> {
            if (late != null) {
                process.destroyForcibly();
            }
        });
        String said;
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            feed(process, statements);
            var text = new StringBuilder();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (text.length() < MOST_WORDS) {
                    text.append(line.strip()).append(' ');
                }
            }
            said = text.toString().strip();
        }
        if (end.handle((ended, late) -> ended == null ? -1 : ended.exitValue()).join() != 0) {
            throw new NotTaken("nft: " + (said.isEmpty() ? "it did not end well" : brief(said)));
        }
    }

    /** nft reads everything before it says anything. */
    private static void feed(Process process, String statements) {
        try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
            in.write(statements);
        } catch (IOException ended) {
            // What it said tells why.
        }
    }

    private static Process start() throws IOException {
        var program = PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException("nft is not installed (Debian package nftables)"));
        var builder = new ProcessBuilder(program.toString(), "-f", "-")
                .redirectErrorStream(true)
                .directory(Path.of("/").toFile());
        builder.environment().put("LC_ALL", "C");
        return builder.start();
    }

    /** Without the place in a text that nobody sees. */
    private static String brief(String said) {
        var words = said.replaceFirst("^/dev/stdin:[0-9:-]+ ", "");
        return words.length() <= MOST_WORDS ? words : words.substring(0, MOST_WORDS) + " ...";
    }
}
