package io.halcyon.lvs.nftables;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The program nft: one process for each transaction, which is all or nothing. */
final class Nft {

    private static final List<Path> PLACES = List.of(
            Path.of("/usr/sbin/nft"), Path.of("/sbin/nft"), Path.of("/usr/bin/nft"), Path.of("/usr/local/sbin/nft"));
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int REFUSED = 1;
    private static final int TOO_LATE = -1;
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
     * @throws IOException if there is no nft, or if it ended before it could say anything; whether something was changed is unknown then
     */
    static void run(String statements) throws IOException {
        run(
                PLACES.stream()
                        .filter(Files::isExecutable)
                        .findFirst()
                        .orElseThrow(() -> new IOException("nft is not installed (Debian package nftables)")),
                statements,
                LIMIT);
    }

    static void run(Path program, String statements, Duration limit) throws IOException {
        var process = start(program);
        var end = end(process, limit);
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
        int status = end.join();
        if (status == REFUSED) {
            throw new NotTaken("nft: " + (said.isEmpty() ? "it did not say why" : brief(said)));
        }
        if (status != 0) {
            throw new IOException(
                    status == TOO_LATE
                            ? "nft took longer than " + limit.toSeconds() + " s and was ended"
                            : "nft ended with status " + status + (said.isEmpty() ? "" : ": " + brief(said)));
        }
    }

    /**
     * The status that it ends with. A thread of its own waits for it: the JVM has a pool for that, which since Java 25 is one thread
     * on two processors, and whoever blocks there would hold up every change of the table.
     */
    private static CompletableFuture<Integer> end(Process process, Duration limit) {
        var status = new CompletableFuture<Integer>();
        var waiting = new Thread(() -> status.complete(statusOf(process, limit)), "lvs-nft");
        waiting.setDaemon(true);
        waiting.start();
        return status;
    }

    private static int statusOf(Process process, Duration limit) {
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException nobodyDoesThat) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return TOO_LATE;
    }

    /** nft reads everything before it says anything. */
    private static void feed(Process process, String statements) {
        try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
            in.write(statements);
        } catch (IOException ended) {
            // What it said tells why.
        }
    }

    private static Process start(Path program) throws IOException {
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
