package io.halcyon.console.shell.line;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the local command line and runs each line in a headless session of the container's own shell. Thread-safe. */
@Component(service = {})
public final class ShellLine {

    /** System property that the launcher sets; its directory belongs to the owner alone. */
    static final String SOCKET = "halcyon.socket";

    /** Longer than any command of ours waits: a trial message takes at most 35 s. */
    private static final long LIMIT_MILLIS = 120_000;

    private static final Logger LOG = LoggerFactory.getLogger(ShellLine.class);

    private final LineServer server;

    @Activate
    public ShellLine(@Reference SessionFactory sessions) throws IOException {
        Path socket = Path.of(System.getProperty(SOCKET, System.getProperty("karaf.base") + "/run/halcyon.sock"));
        this.server = new LineServer(socket, (line, out, err) -> run(sessions, line, out, err), LIMIT_MILLIS);
        LOG.info("local command line: listening on {}", server.path());
    }

    @Deactivate
    void stop() {
        server.close();
    }

    private static int run(SessionFactory sessions, String line, PrintStream out, PrintStream err) {
        Session session = sessions.create(new ByteArrayInputStream(new byte[0]), out, err);
        try {
            Object result = session.execute(OptionsFirst.reorder(line));
            if (result != null) {
                out.println(result);
            }
            return 0;
        } catch (Exception e) {
            LOG.debug("command failed: {}", line, e);
            err.println(sentence(e));
            return 1;
        } finally {
            session.close();
        }
    }

    private static String sentence(Exception e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message.strip();
    }
}
