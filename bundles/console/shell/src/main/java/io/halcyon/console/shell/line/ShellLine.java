package io.halcyon.console.shell.line;

import io.halcyon.api.node.Node;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the local command line: runs each line in a headless session of the container's own shell, and talks to persons
 * in interactive ones. Thread-safe.
 */
@Component(service = {})
public final class ShellLine {

    /** System property that the launcher sets; its directory belongs to the owner alone. */
    static final String SOCKET = "halcyon.socket";

    /** Longer than any command of ours waits: a trial message takes at most 35 s. */
    private static final long LIMIT_MILLIS = 120_000;

    /** As a shell says that a signal 2 has ended a command. */
    private static final int INTERRUPTED = 130;

    private static final Logger LOG = LoggerFactory.getLogger(ShellLine.class);

    private final LineServer server;

    @Activate
    public ShellLine(@Reference SessionFactory sessions, BundleContext bundles) throws IOException {
        Path socket = Path.of(System.getProperty(SOCKET, System.getProperty("karaf.base") + "/run/halcyon.sock"));
        Path history = Path.of(System.getProperty("karaf.data", "data"), "history");
        Supplier<String> node = () -> nodeName(bundles);
        this.server = new LineServer(
                socket,
                (line, caller, out, err) -> run(sessions, line, caller, out, err),
                terminal -> new KarafTalk(sessions, terminal, history, node),
                LIMIT_MILLIS);
        LOG.info("local command line: listening on {}", server.path());
    }

    @Deactivate
    void stop() {
        server.close();
    }

    /** Looked up at each use: the prompt is there before the node has its name. */
    private static String nodeName(BundleContext bundles) {
        ServiceReference<Node> reference = bundles.getServiceReference(Node.class);
        Node node = reference == null ? null : bundles.getService(reference);
        if (node == null) {
            return "halcyon";
        }
        try {
            return node.routerId();
        } finally {
            bundles.ungetService(reference);
        }
    }

    private static int run(SessionFactory sessions, String line, Caller caller, PrintStream out, PrintStream err) {
        Session session = sessions.create(new ByteArrayInputStream(new byte[0]), out, err);
        caller.enter(session);
        try {
            Object result = session.execute(OptionsFirst.reorder(line));
            if (result != null) {
                out.println(result);
            }
            return 0;
        } catch (InterruptedException e) {
            // Too long, or nobody waits for it any more.
            return INTERRUPTED;
        } catch (Exception e) {
            LOG.debug("command failed: {}", line, e);
            err.println(Outcome.sentence(e));
            return 1;
        } finally {
            session.close();
        }
    }
}
