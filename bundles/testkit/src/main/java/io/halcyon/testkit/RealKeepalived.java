package io.halcyon.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Debian's keepalived with one instance in one group, on a pair of interfaces in the namespace of the test. */
public final class RealKeepalived implements AutoCloseable {

    private static final String INTERFACE = "ka0";

    private final Path directory;
    private final Process process;

    /**
     * Starts it.
     *
     * @param global lines for {@code global_defs}
     * @param group lines for the group {@code G1}
     * @param instance lines for the instance {@code VI_1}, whose priority is 150
     */
    public RealKeepalived(Path directory, String global, String group, String instance) throws Exception {
        this.directory = directory;
        Command.line("ip link add " + INTERFACE + " type veth peer name ka1");
        Command.line("ip addr add 192.0.2.1/24 dev " + INTERFACE);
        Command.line("ip link set ka1 up");
        Command.line("ip link set " + INTERFACE + " up");
        // The kernel says so when it finds the time; until then the instance would be in FAULT.
        Await.until("the link is up", () -> Command.line("ip -o link show " + INTERFACE)
                .contains("state UP"));
        var configuration = directory.resolve("keepalived.conf");
        Files.writeString(
                configuration,
                "global_defs {\nscript_user root\nenable_script_security\n" + global + "}\n"
                        + "vrrp_instance VI_1 {\nstate BACKUP\ninterface " + INTERFACE + "\nvirtual_router_id 51\n"
                        + "priority 150\nadvert_int 0.1\nversion 3\nvirtual_ipaddress { 192.0.2.50/24 }\n" + instance
                        + "}\nvrrp_sync_group G1 {\ngroup { VI_1 }\n" + group + "}\n");
        process = new ProcessBuilder(
                        "keepalived",
                        "-n",
                        "-l",
                        "-P",
                        "-f",
                        configuration.toString(),
                        "-p",
                        file("pid"),
                        "-r",
                        file("vrrp"))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keepalived.log").toFile())
                .start();
    }

    /** The cable is out: the instance goes to FAULT. */
    public void unplug() {
        Command.line("ip link set " + INTERFACE + " down");
    }

    /** The cable is in again. */
    public void plugIn() {
        Command.line("ip link set " + INTERFACE + " up");
    }

    /** A planned stop. */
    public void stop() throws InterruptedException {
        process.destroy();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }
}
