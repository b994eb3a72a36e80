package io.halcyon.vip.netlink;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One {@code nft} process that is kept open: a command takes half a millisecond instead of five. What it owns in the kernel
 * ends with it, however it ends. One thread owns it.
 */
final class Nft implements AutoCloseable {

    /** Where distributions put the program. */
    static final List<Path> PLACES = List.of(
            Path.of("/usr/sbin/nft"), Path.of("/sbin/nft"), Path.of("/usr/bin/nft"), Path.of("/usr/local/sbin/nft"));

    /** nft says nothing on success; this always answers, and needs no look at the kernel. */
    private static final String MARKER = "describe ipv4_addr";

    private static final String MARKER_ANSWER = "datatype ipv4_addr";

    private static final int END_MILLIS = 500;

    private final Process process;
    private final Writer input;
    private final BufferedReader output;

    private Nft(Process process) {
        this.process = process;
        input = process.outputWriter(StandardCharsets.UTF_8);
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Whether the program is installed. */
    static boolean installed(List<Path> places) {
        return places.stream().anyMatch(Files::isExecutable);
    }

    static Nft open(List<Path> places) throws IOException {
        Path program = places.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException("nft is not installed"));
        return new Nft(new ProcessBuilder(program.toString(), "-i")
                .redirectErrorStream(true)
                .directory(Path.of("/").toFile())
                .start());
    }

    /**
     * Carries out one command.
     *
     * @throws IOException with what nft said
     */
    void run(String command) throws IOException {
        input.write(command + "\n" + MARKER + "\n");
        input.flush();
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); ; line = output.readLine()) {
            if (line == null) {
                throw new IOException("nft ended: " + said.toString().strip());
            }
            if (line.startsWith(MARKER_ANSWER)) {
                break;
            }
            said.append(line).append(' ');
        }
        if (said.toString().contains("Error")) {
            throw new IOException("nft: " + said.toString().strip());
        }
    }

    /** Returns when the process is gone, and what it owned with it: the next one wants the same names. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
