package io.halcyon.console.shell.command;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** What {@code bin/halcyon stop --now} sends before its signal; the VRRP engine asks for it when it is being stopped. */
@Service
@Command(scope = "ha", name = "hurry", description = "Makes the next stop wait for nobody")
public final class HurryCommand implements Action {

    static final String STOP_NOW = "halcyon.stop.now";

    @Override
    public @Nullable Object execute() {
        System.setProperty(STOP_NOW, "true");
        return null;
    }
}
