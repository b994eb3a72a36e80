package io.halcyon.itests.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Debian's keepalived, without its health checker: that ends where the kernel has no IPVS. */
public final class KeepalivedNode implements Node {

    private final Host host;
    private final Path configuration;
    private final Path log;
    private @Nullable HostProcess process;
    private long logStart;
    private int routers;

    public KeepalivedNode(Lab lab, String name) {
        this.host = lab.host(name);
        this.configuration = lab.directory(name).resolve("keepalived.conf");
        this.log = lab.directory(name).resolve("keepalived.log");
    }

    @Override
    public String host() {
        return host.name();
    }

    @Override
    public void configure(List<Router> routers) {
        Directories.write(configuration, Router.keepalived(host.name(), routers));
        this.routers = routers.size();
    }

    @Override
    public void start() {
        logStart = Directories.size(log);
        // Its own flags: in the foreground, log to the console, VRRP only. /run is the host's own.
        process = host.launch(
                Map.of(), log, List.of("/usr/sbin/keepalived", "-n", "-l", "-P", "-f", configuration.toString()));
    }

    private HostProcess running() {
        if (process == null) {
            throw new LabException("keepalived was not started in " + host.name());
        }
        return process;
    }

    @Override
    public void beginStop() {
        running().terminate();
    }

    @Override
    public void stop(Duration limit) {
        beginStop();
        awaitEnd(limit);
    }

    @Override
    public void awaitEnd(Duration limit) {
        running().exit(limit);
    }

    @Override
    public Grip grip() {
        return running().grip();
    }

    @Override
    public void kill() {
        running().kill();
    }

    @Override
    public void freeze() {
        running().freeze();
    }

    @Override
    public void thaw() {
        running().thaw();
    }

    @Override
    public boolean alive() {
        return process != null && process.alive();
    }

    @Override
    public String log() {
        return Directories.read(log, 0);
    }

    @Override
    public void awaitBackup(Duration limit) {
        Await.until(
                host.name() + ": all " + routers + " routers of keepalived are backups",
                limit,
                () -> Directories.read(log, logStart)
                                .lines()
                                .filter(line -> line.contains("Entering BACKUP STATE"))
                                .count()
                        >= routers);
    }

    /** Makes it read its configuration again. */
    public void reload() {
        running().grip().hangUp();
    }

    /** Takes away the addresses that a killed keepalived leaves for ever. */
    public void removeLeftOvers(List<String> addresses) {
        addresses.forEach(address -> host.shell("ip addr del %s/24 dev %s || true".formatted(address, Lab.INTERFACE)));
    }

    @Override
    public void close() {
        if (alive()) {
            running().kill();
        }
    }
}
