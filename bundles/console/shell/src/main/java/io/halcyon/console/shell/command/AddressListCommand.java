package io.halcyon.console.shell.command;

import io.halcyon.api.vip.AddressStatus;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** All virtual addresses, one line each. */
@Service
@Command(scope = "vip", name = "list", description = "Lists the virtual addresses as their managers know them")
public final class AddressListCommand extends ReportCommand {

    @Override
    Report report(Services services) {
        List<AddressStatus> addresses = services.addresses();
        return new Report(addresses, columns -> AddressText.list(addresses, columns));
    }
}
