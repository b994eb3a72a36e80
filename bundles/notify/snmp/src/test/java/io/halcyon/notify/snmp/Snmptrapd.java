package io.halcyon.notify.snmp;

import io.halcyon.testkit.Command;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Net-SNMP's receiver on a loopback port, with all that it keeps in a directory of the test. */
final class Snmptrapd implements AutoCloseable {

    static final String COMMUNITY = "not public";

    /**
     * One notification, as the receiver decoded it.
     *
     * @param values by the numbers of their OIDs, in order; texts decoded, the rest as the receiver prints it
     */
    record Received(Map<String, String> values) {

        String name() {
            return value("1.3.6.1.6.3.1.1.4.1.0");
        }

        String value(String oid) {
            var value = values.get(oid);
            if (value == null) {
                throw new AssertionError(oid + " is not among " + values);
            }
            return value;
        }
    }

    private static final String SENTINEL = "1.3.6.1.4.1.8072.9999.9999.1";
    private static final String END = "@@END@@";
    private static final Pattern BINDINGS = Pattern.compile("\\n(?=\\.[0-9])");

    private final Path directory;
    private final int port;
    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<Received> received = new ArrayList<>();

    /**
     * @param users lines {@code createUser} and {@code authUser} of its configuration
     */
    Snmptrapd(Path directory, String... users) throws IOException, InterruptedException {
        this(directory, freePort(), users);
    }

    Snmptrapd(Path directory, int port, String... users) throws IOException, InterruptedException {
        this.directory = directory;
        this.port = port;
        var configuration = directory.resolve("trapd.conf");
        Files.writeString(
                configuration,
                "authCommunity log \"" + COMMUNITY + "\"\n" + String.join("\n", users) + "\nformat2 %V\\n%v\\n" + END
                        + "\\n\n");
        var builder = new ProcessBuilder(
                        "/usr/sbin/snmptrapd",
                        "-f",
                        "-X",
                        "-C",
                        "-c",
                        configuration.toString(),
                        "-Le",
                        "-Onx",
                        "-m",
                        "",
                        "-p",
                        directory.resolve("pid").toString(),
                        "udp:127.0.0.1:" + port)
                .redirectErrorStream(true);
        builder.environment().put("SNMP_PERSISTENT_DIR", directory.toString());
        builder.environment().put("SNMPCONFPATH", directory.toString());
        process = builder.start();
        var reader = new Thread(this::read, "snmptrapd-output");
        reader.setDaemon(true);
        reader.start();
        awaitStart();
    }

    int port() {
        return port;
    }

    /** Everything that came until now, oldest first. */
    List<Received> received() throws InterruptedException {
        // Whatever came before this has been written before this.
        Command.run(
                "env",
                "SNMP_PERSISTENT_DIR=" + directory,
                "snmptrap",
                "-v2c",
                "-c",
                COMMUNITY,
                "-m",
                "",
                "127.0.0.1:" + port,
                "1",
                SENTINEL);
        while (true) {
            var next = next();
            if (next.name().equals(SENTINEL)) {
                return List.copyOf(received);
            }
            received.add(next);
        }
    }

    private Received next() throws InterruptedException {
        var block = new StringBuilder();
        while (true) {
            var line = lines.poll(20, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("nothing more from snmptrapd: " + block);
            }
            if (line.equals(END)) {
                return parse(block.toString());
            }
            block.append(line).append('\n');
        }
    }

    /** A value goes on in the next line unless that begins with an OID. */
    private static Received parse(String block) {
        var values = new LinkedHashMap<String, String>();
        for (var binding : BINDINGS.split(block, -1)) {
            int equals = binding.indexOf(" = ");
            if (binding.startsWith(".") && equals > 0) {
                values.put(
                        binding.substring(1, equals),
                        value(binding.substring(equals + 3).strip()));
            }
        }
        return new Received(values);
    }

    private static String value(String printed) {
        if (printed.startsWith("Hex-STRING: ")) {
            var digits = printed.substring("Hex-STRING: ".length()).replaceAll("\\s", "");
            var bytes = HexFormat.of().parseHex(digits);
            boolean text = new String(bytes, StandardCharsets.UTF_8).chars().noneMatch(Character::isISOControl);
            return text ? new String(bytes, StandardCharsets.UTF_8) : digits;
        }
        if (printed.equals("\"\"")) {
            return "";
        }
        return printed.replaceFirst("^(OID: \\.|INTEGER: |Gauge32: |Counter64: |IpAddress: |STRING: )", "");
    }

    private void read() {
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = out.readLine()) != null) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("the output ended: " + e);
        }
    }

    private void awaitStart() throws InterruptedException {
        var said = new ArrayList<String>();
        while (said.stream().noneMatch(line -> line.startsWith("NET-SNMP version"))) {
            var line = lines.poll(20, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError(said.stream().collect(Collectors.joining("\n")));
            }
            said.add(line);
        }
    }

    static int freePort() throws IOException {
        try (var free = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return free.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
