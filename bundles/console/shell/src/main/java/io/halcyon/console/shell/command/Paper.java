package io.halcyon.console.shell.command;

import io.halcyon.console.shell.line.Caller;
import io.halcyon.json.Json;
import java.io.PrintStream;
import org.apache.felix.service.command.Process;
import org.apache.karaf.shell.api.console.Session;

/**
 * Where a command prints.
 *
 * @param err what is no part of the output; the same terminal, perhaps
 */
record Paper(PrintStream out, PrintStream err, Caller caller, boolean json) {

    static Paper of(Session session, boolean json) {
        Process process = Process.Utils.current();
        PrintStream err = process == null ? session.getConsole() : process.err();
        return new Paper(session.getConsole(), err, Caller.of(session), json);
    }

    void print(Report report) {
        out.print(json ? Json.write(report.data()) + "\n" : report.text().apply(caller.columns()));
        out.flush();
    }
}
