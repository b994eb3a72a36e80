package io.halcyon.check.dns;

import io.halcyon.spi.check.CheckRun;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Asks by UDP. What is not the answer may be forged, so it is ignored, but not for ever. */
final class UdpDialogue implements CheckRun.Handler {

    private static final int MOST_IGNORED = 100;

    private final Dialogue dialogue;
    private int ignored;

    UdpDialogue(Dialogue dialogue) {
        this.dialogue = dialogue;
    }

    @Override
    public void onConnected(CheckRun.Connection connection) {
        connection.write(dialogue.query());
    }

    @Override
    public void onData(CheckRun.Connection connection, ByteBuffer data) {
        var octets = new byte[data.remaining()];
        data.get(octets);
        try {
            dialogue.heard(octets);
            connection.close();
        } catch (NoAnswer e) {
            dialogue.ignore(e);
            ignored++;
            if (ignored >= MOST_IGNORED) {
                dialogue.failed("sends a flood of what is no answer; the last one " + e.words());
            }
        }
    }

    @Override
    public void onClosed(@Nullable IOException cause) {
        if (cause instanceof PortUnreachableException) {
            dialogue.failed("has nobody who listens at this UDP port");
        } else {
            dialogue.broke(cause);
        }
    }
}
