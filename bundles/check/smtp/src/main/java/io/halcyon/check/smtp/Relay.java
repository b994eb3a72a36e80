package io.halcyon.check.smtp;

import io.halcyon.spi.check.CheckRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Hands what happens on a connection to whoever is in charge of it: after STARTTLS that is another. */
final class Relay implements CheckRun.Handler {

    private CheckRun.Handler current;

    Relay(CheckRun.Handler first) {
        this.current = first;
    }

    void switchTo(CheckRun.Handler next) {
        current = next;
    }

    @Override
    public void onConnected(CheckRun.Connection connection) {
        current.onConnected(connection);
    }

    @Override
    public void onData(CheckRun.Connection connection, ByteBuffer data) {
        current.onData(connection, data);
    }

    @Override
    public void onClosed(@Nullable IOException cause) {
        current.onClosed(cause);
    }
}
