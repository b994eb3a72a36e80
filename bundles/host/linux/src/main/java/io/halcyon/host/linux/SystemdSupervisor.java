package io.halcyon.host.linux;

import io.halcyon.linux.LinuxException;
import io.halcyon.linux.socket.NotifySocket;
import io.halcyon.spi.host.Supervisor;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service manager that speaks {@code sd_notify(3)}, as systemd does. */
final class SystemdSupervisor implements Supervisor {

    private static final Logger LOG = LoggerFactory.getLogger(SystemdSupervisor.class);

    private static final String READY = "READY=1";

    private final NotifySocket socket;
    private final long patienceNanos;
    private volatile boolean readyUntold;

    private SystemdSupervisor(NotifySocket socket, long patienceNanos) {
        this.socket = socket;
        this.patienceNanos = patienceNanos;
    }

    /**
     * The service manager that these variables name, {@link Supervisor#NONE} if there is none.
     *
     * @param pid our own: a watchdog may be meant for another process
     */
    static Supervisor of(Map<String, String> environment, long pid) {
        String name = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (name.isEmpty()) {
            return NONE;
        }
        try {
            return new SystemdSupervisor(NotifySocket.to(name), patienceNanos(environment, pid));
        } catch (IllegalArgumentException | LinuxException e) {
            LOG.warn("the service manager is not told anything: {}", e.getMessage());
            return NONE;
        }
    }

    /** sd_watchdog_enabled(3). */
    private static long patienceNanos(Map<String, String> environment, long pid) {
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        String whose = environment.getOrDefault("WATCHDOG_PID", "");
        boolean ours = whose.isEmpty() || whose.equals(Long.toString(pid));
        return ours && micros.matches("\\d{1,15}") ? TimeUnit.MICROSECONDS.toNanos(Long.parseLong(micros)) : 0;
    }

    @Override
    public void ready() {
        readyUntold = !socket.send(READY);
    }

    @Override
    public void status(String sentence) {
        socket.send("STATUS=" + sentence.replace('\n', ' '));
    }

    @Override
    public void stopping() {
        socket.send("STOPPING=1");
    }

    @Override
    public void alive() {
        // Whoever is never told that we are ready kills us in the end.
        if (readyUntold) {
            readyUntold = !socket.send(READY);
        }
        socket.send("WATCHDOG=1");
    }

    /** Tells nothing any more. */
    void close() {
        socket.close();
    }

    @Override
    public long patienceNanos() {
        return patienceNanos;
    }
}
