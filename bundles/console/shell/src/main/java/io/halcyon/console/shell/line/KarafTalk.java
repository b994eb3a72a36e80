package io.halcyon.console.shell.line;

import java.io.IOError;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Job;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal.Signal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Karaf's session and line reader, with a loop of our own around them: Karaf's logs each typing error with a stack trace,
 * and knows neither our order of options nor who may be interrupted.
 */
final class KarafTalk implements Talk {

    private static final Logger LOG = LoggerFactory.getLogger(KarafTalk.class);

    private final SessionFactory sessions;
    private final FrameTerminal terminal;
    private final Path history;
    private final Supplier<String> node;
    private final PrintStream out;
    private final Caller caller;
    private volatile Session session;
    private volatile boolean reading;
    private volatile boolean ended;

    KarafTalk(SessionFactory sessions, FrameTerminal terminal, Path history, Supplier<String> node) {
        this.sessions = sessions;
        this.terminal = terminal;
        this.history = history;
        this.node = node;
        this.out = new PrintStream(terminal.output(), true, StandardCharsets.UTF_8);
        this.caller = new Caller(terminal::getWidth, () -> {});
        this.session = open();
    }

    private Session open() {
        PrintStream lent = Lent.of(terminal.output());
        Session opened = sessions.create(
                terminal.input(), lent, lent, terminal, StandardCharsets.UTF_8.name(), () -> ended = true);
        caller.enter(opened);
        terminal.handle(Signal.INT, signal -> interrupt());
        Prompt.prepare(reader(opened), opened, history);
        Completion.prepare(reader(opened), opened);
        return opened;
    }

    @Override
    public void run() {
        try {
            out.println("halcyon " + System.getProperty("halcyon.version", "") + " on " + node.get()
                    + ": TAB completes, ^C interrupts, ^D ends");
            for (String line = read(); line != null && !ended; line = read()) {
                if (!line.isBlank()) {
                    execute(line);
                }
            }
        } finally {
            // Not the session's own close: that closes the terminal, on which a last sentence is due.
            gogo(session).close();
        }
    }

    @Override
    public boolean reading() {
        return reading;
    }

    @Override
    public void end() {
        ended = true;
    }

    /** Returns null at the end. */
    private @Nullable String read() {
        if (ended) {
            return null;
        }
        reading = true;
        try {
            return reader(session).readLine(Prompt.text(node.get(), session));
        } catch (UserInterruptException e) {
            return "";
        } catch (EndOfFileException e) {
            return null;
        } catch (IOError | RuntimeException e) {
            LOG.debug("the terminal is gone", e);
            return null;
        } finally {
            reading = false;
        }
    }

    private void execute(String line) {
        try {
            Object result = session.execute(OptionsFirst.reorder(line, session::resolveCommand));
            if (result != null) {
                out.println(gogo(session).format(result, Converter.INSPECT));
            }
        } catch (InterruptedException e) {
            renew();
        } catch (Exception e) {
            LOG.debug("command failed: {}", line, e);
            out.println(Outcome.sentence(e));
        }
    }

    /** An interrupt that meets a command while it writes closes the session's streams for good. */
    private void renew() {
        CommandSession old = gogo(session);
        if (!ended) {
            session = open();
        }
        old.close();
    }

    private void interrupt() {
        Job job = gogo(session).foregroundJob();
        if (job != null) {
            job.interrupt();
        }
    }

    private static CommandSession gogo(Session session) {
        return (CommandSession) session.get(".commandSession");
    }

    private static LineReader reader(Session session) {
        return (LineReader) session.get(".jline.reader");
    }
}
