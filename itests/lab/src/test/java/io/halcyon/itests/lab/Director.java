package io.halcyon.itests.lab;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Halcyon with virtual servers as the director of a farm, and what its command line says of them. Real servers are named as
 * the hosts that their pages name.
 *
 * <p>{@code -Dhalcyon.lab.dataplane=ipvs} runs the same on a kernel that has it, {@code -Dhalcyon.lab.slowness=8} where
 * everything takes so many times longer.
 */
final class Director implements AutoCloseable {

    static final String DATAPLANE = System.getProperty("halcyon.lab.dataplane", "nftables");

    private static final int SLOWNESS = Integer.getInteger("halcyon.lab.slowness", 1);

    /**
     * Keys that make checks quick: a server that died is out after {@link #DETECTION}. Nobody listens at its port then, so the
     * timeout, which a busy machine needs, costs nothing.
     */
    static final String QUICK =
            """
            delay.loop = 0.5
            connect.timeout = 5
            retry = 1
            delay.before.retry = 0.2
            check.health.type = http
            check.health.url = /health
            """;

    /** An interval, a pause, two looks at a port that nobody has any more, and the kernel's work. */
    static final Duration DETECTION = seconds(2);

    static final Duration LIMIT = seconds(15);
    private static final Duration BOOT = seconds(120);

    private final HalcyonNode node;

    Director(Farm farm) {
        this.node = new HalcyonNode(farm.lab(), Farm.DIRECTOR, Distribution.unpacked()).with("halcyon-lvs");
    }

    static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1_000 * SLOWNESS));
    }

    HalcyonNode node() {
        return node;
    }

    Path file(String name) {
        return node.etc().resolve("io.halcyon.lvs-" + name + ".cfg");
    }

    /** Writes a virtual server with the given keys and the real servers of the farm. */
    void write(String name, String service, String... keys) {
        var servers = Farm.SERVERS.stream()
                .map(server -> "real.server." + server + " = " + Farm.address(server) + " " + Farm.PORT + "\n")
                .collect(Collectors.joining());
        writeAlone(name, service, servers + String.join("\n", keys));
    }

    /** Writes a virtual server with the given keys. */
    void writeAlone(String name, String service, String... keys) {
        Directories.write(
                file(name),
                "virtual.server = " + service + "\ndataplane = " + DATAPLANE + "\n" + String.join("\n", keys) + "\n");
    }

    /** Starts it and waits until virtual servers are carried out. */
    void start(String... names) {
        node.start();
        for (var name : names) {
            awaitApplied(name, BOOT);
        }
    }

    void awaitApplied(String name) {
        awaitApplied(name, LIMIT);
    }

    private void awaitApplied(String name, Duration limit) {
        Await.until(name + " is applied", limit, () -> isApplied(name));
    }

    private boolean isApplied(String name) {
        try {
            return virtualServer(name).get("state").asText().equals("applied");
        } catch (LabException notYet) {
            return false;
        }
    }

    JsonNode virtualServer(String name) {
        return node.json("lvs:show", name);
    }

    JsonNode realServer(String name, String server) {
        return StreamSupport.stream(virtualServer(name).get("realServers").spliterator(), false)
                .filter(real -> real.get("name").asText().equals(server))
                .findFirst()
                .orElseThrow(() -> new LabException(name + " has no " + server));
    }

    /** Waits for a real server's state and returns what is said of it then. */
    JsonNode awaitState(String name, String server, String state) {
        return awaitState(name, server, state, LIMIT);
    }

    JsonNode awaitState(String name, String server, String state, Duration limit) {
        Await.until(
                server + " of " + name + " is " + state,
                limit,
                () -> realServer(name, server).get("state").asText().equals(state));
        return realServer(name, server);
    }

    void awaitAllInService(String name) {
        Farm.SERVERS.forEach(server -> awaitState(name, server, "in service"));
    }

    /** When something that JSON says began. */
    static long since(JsonNode status) {
        var instant = Instant.parse(status.get("since").asText());
        return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
    }

    /** How many answers came from whom. */
    static Map<String, Long> census(Collection<String> hosts) {
        return hosts.stream().collect(Collectors.groupingBy(host -> host, Collectors.counting()));
    }

    /** As keepalived's genhash and {@code check:digest} print it. */
    static String md5(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        node.close();
    }
}
