package io.halcyon.check.heartbeat;

import static io.halcyon.spi.keys.KeyValue.refused;

import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Makes checks of the type {@code heartbeat}. */
@Component(service = HealthCheckFactory.class)
public final class HeartbeatCheckFactory implements HealthCheckFactory<HeartbeatKeys> {

    /** 107 bytes of {@code sockaddr_un}, less the ending while it is being made. */
    private static final int LONGEST_SOCKET_BYTES = 103;

    private final Path runDirectory;
    private final Mailboxes mailboxes = new Mailboxes();

    @Activate
    public HeartbeatCheckFactory() {
        this(Path.of(System.getProperty("karaf.base", ""), "run").toAbsolutePath());
    }

    HeartbeatCheckFactory(Path runDirectory) {
        this.runDirectory = runDirectory;
    }

    @Deactivate
    void deactivate() {
        mailboxes.closeAll();
    }

    @Override
    public String type() {
        return "heartbeat";
    }

    @Override
    public Class<HeartbeatKeys> parameters() {
        return HeartbeatKeys.class;
    }

    @Override
    public HealthCheck create(String name, HeartbeatKeys keys) {
        if (keys.file().isEmpty() == keys.socket().isEmpty()) {
            throw refused("file", keys.file(), "either file or socket, and one of them is needed");
        }
        if (keys.socket().isEmpty() && !keys.socket_group().isEmpty()) {
            throw refused("socket.group", keys.socket_group(), "nothing without a socket");
        }
        long deadlineNanos = Math.round(keys.deadline() * 1e9);
        if (keys.socket().isEmpty()) {
            var file = file(keys.file());
            return new HeartbeatCheck(new FilePulse(file), file.toString(), deadlineNanos, System::nanoTime);
        }
        var socket = socket(keys.socket());
        return new HeartbeatCheck(
                new SocketPulse(name, socket, keys.socket_group(), mailboxes),
                socket.toString(),
                deadlineNanos,
                System::nanoTime);
    }

    private static Path file(String text) {
        var path = path(text);
        if (path == null || !path.isAbsolute()) {
            throw refused("file", text, "an absolute path");
        }
        return path;
    }

    private Path socket(String text) {
        var given = path(text);
        boolean plain = given != null && given.getNameCount() == 1 && !text.startsWith(".");
        if (given == null || (!given.isAbsolute() && !plain) || given.getFileName() == null) {
            throw refused("socket", text, "an absolute path, or a name in the run directory");
        }
        var path = runDirectory.resolve(given);
        if (path.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET_BYTES) {
            throw refused("socket", text, "a path of at most " + LONGEST_SOCKET_BYTES + " bytes, this is " + path);
        }
        return path;
    }

    private static @Nullable Path path(String text) {
        try {
            return Path.of(text).normalize();
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
