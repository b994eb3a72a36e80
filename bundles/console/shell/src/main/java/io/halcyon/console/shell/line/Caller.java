package io.halcyon.console.shell.line;

import java.util.function.IntSupplier;
import org.apache.felix.service.command.Process;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.Terminal;

/**
 * Who has typed a command, as far as the command has to know: how wide their terminal is, and that they will wait for
 * long. Each session has one, as a variable. Thread-safe.
 */
public final class Caller {

    /** For output that goes to a file or a pipe. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private static final String VARIABLE = ".halcyon.caller";
    private static final int STANDARD_OUTPUT = 1;

    private final IntSupplier columns;
    private final Runnable stay;

    Caller(IntSupplier columns, Runnable stay) {
        this.columns = columns;
        this.stay = stay;
    }

    /** Of a session that we have opened, or another's, such as a console of Karaf itself. */
    public static Caller of(Session session) {
        if (session.get(VARIABLE) instanceof Caller caller) {
            return caller;
        }
        Terminal terminal = session.getTerminal();
        return new Caller(terminal == null ? () -> UNLIMITED : terminal::getWidth, () -> {});
    }

    void enter(Session session) {
        session.put(VARIABLE, this);
    }

    /** How wide the output of the running command may be. */
    public int columns() {
        Process process = Process.Utils.current();
        boolean piped = process != null && !process.isTty(STANDARD_OUTPUT);
        return piped ? UNLIMITED : columns.getAsInt();
    }

    /**
     * Lifts the limit of time from the running command, for as long as its caller is there.
     *
     * @throws IllegalStateException with a sentence for the caller if too many stay already
     */
    public void stay() {
        stay.run();
    }
}
