package io.halcyon.console.shell.command;

import io.halcyon.api.doctor.Diagnosis;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** What is wrong with this host, why it hurts, and the cure. Findings are no failure of the command. */
@Service
@Command(scope = "ha", name = "doctor", description = "Says what commonly breaks VRRP on this host and how to cure it")
public final class DoctorCommand extends ReportCommand {

    @Override
    Report report(Services services) {
        Diagnosis diagnosis = DoctorText.together(services.doctors());
        return new Report(diagnosis, columns -> DoctorText.text(diagnosis, columns));
    }
}
