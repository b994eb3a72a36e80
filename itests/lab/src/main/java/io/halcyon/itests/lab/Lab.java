package io.halcyon.itests.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Hosts {@code h1..hN} and a client {@code c} on one LAN, 192.168.88.0/24, made of namespaces only.
 *
 * <p>Host i has 192.168.88.(128+i) on {@code ens33}, the client 192.168.88.1, so the addresses of the example
 * configurations fit as they are. Nothing is connected to the machine's own interfaces. The whole laboratory goes with
 * this process, however it ends.
 */
public final class Lab implements AutoCloseable {

    public static final String INTERFACE = "ens33";
    public static final String CLIENT = "c";

    private static final String BRIDGE = "br";
    static final String SWITCH = "br0";

    private final String name;
    private final Path directory;
    private final Host bridge;
    private final Ports ports;
    private final Map<String, Host> hosts = new LinkedHashMap<>();

    private Lab(String name, Path directory) {
        this.name = name;
        this.directory = directory;
        this.bridge = Host.start(BRIDGE, label(BRIDGE));
        this.ports = new Ports(bridge);
    }

    /**
     * Makes a laboratory.
     *
     * @param name what its processes are labelled with
     * @param directory where hosts keep files and logs, emptied first
     */
    public static Lab create(String name, Path directory, int hosts) {
        Directories.recreate(directory);
        var lab = new Lab(name, directory);
        try {
            lab.build(hosts);
            return lab;
        } catch (RuntimeException e) {
            lab.close();
            throw e;
        }
    }

    private void build(int count) {
        IntStream.rangeClosed(1, count).forEach(i -> add("h" + i));
        add(CLIENT);
        bridge.run("ip", "link", "add", SWITCH, "type", "bridge", "stp_state", "0", "forward_delay", "0");
        // A switch has no use for what it passes on.
        bridge.run("ip", "link", "set", SWITCH, "arp", "off", "up");
        hosts.keySet().forEach(this::attach);
    }

    private void add(String host) {
        hosts.put(host, Host.start(host, label(host)));
    }

    private String label(String host) {
        return name + "-" + host;
    }

    private void attach(String port) {
        var host = host(port);
        var mac = "02:88:00:00:00:%02x".formatted(lastByte(port));
        bridge.runInNetwork(
                "ip",
                "link",
                "add",
                port,
                "type",
                "veth",
                "peer",
                "name",
                INTERFACE,
                "address",
                mac,
                "netns",
                Long.toString(host.pid()));
        bridge.run("ip", "link", "set", port, "master", SWITCH, "up");
        // A lost carrier must be seen as on a real host; duplicate address detection only costs time here.
        host.shell(
                """
                for dad in /proc/sys/net/ipv6/conf/*/accept_dad; do echo 0 >"$dad"; done
                ip addr add %2$s/24 brd + dev %1$s
                ip link set %1$s up
                """
                        .formatted(INTERFACE, address(port)));
    }

    private static int lastByte(String host) {
        return host.equals(CLIENT) ? 1 : 128 + Integer.parseInt(host.substring(1));
    }

    /** The host's own address. */
    public static String address(String host) {
        return "192.168.88." + lastByte(host);
    }

    public String name() {
        return name;
    }

    /** Where the host's programs keep their files. */
    public Path directory(String host) {
        var path = directory.resolve(host);
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Host host(String host) {
        var found = hosts.get(host);
        if (found == null) {
            throw new LabException("no host " + host + " in " + name);
        }
        return found;
    }

    /** The host with that address. */
    Host at(String address) {
        return hosts.values().stream()
                .filter(host -> address(host.name()).equals(address))
                .findFirst()
                .orElseThrow(() -> new LabException("no host has " + address));
    }

    public Host client() {
        return host(CLIENT);
    }

    Host bridge() {
        return bridge;
    }

    /** Names of the hosts, the client left out. */
    public List<String> hostNames() {
        return hosts.keySet().stream().filter(host -> !host.equals(CLIENT)).toList();
    }

    /** Makes the host's port the bridge's newest, which it floods first: that decides races between hosts. */
    public void makeNewest(String host) {
        bridge.run("ip", "link", "set", host, "nomaster");
        bridge.run("ip", "link", "set", host, "master", SWITCH);
    }

    /** Pulls the host's cable: its interface loses the carrier. */
    public void cut(String host) {
        ports.up(host, false);
    }

    /** Puts the cable back. */
    public void heal(String host) {
        ports.up(host, true);
    }

    /** The switch forwards nothing from or to the host any more, but its carrier stays. */
    public void isolate(String host) {
        bridge.run("bridge", "link", "set", "dev", host, "state", "0");
    }

    /** Ends {@link #isolate}. */
    public void rejoin(String host) {
        bridge.run("bridge", "link", "set", "dev", host, "state", "3");
    }

    @Override
    public void close() {
        hosts.values().forEach(Host::close);
        ports.close();
        bridge.close();
    }
}
