package io.halcyon.check.dns;

import io.halcyon.spi.check.CheckRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Asks by TCP: each message has its length in two octets before it (RFC 1035 section 4.2.2). */
final class TcpDialogue implements CheckRun.Handler {

    private static final int LENGTH_OCTETS = 2;

    private final Dialogue dialogue;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private int wanted = LENGTH_OCTETS;
    private boolean connected;

    TcpDialogue(Dialogue dialogue) {
        this.dialogue = dialogue;
    }

    @Override
    public void onConnected(CheckRun.Connection connection) {
        connected = true;
        var query = dialogue.query();
        var framed = ByteBuffer.allocate(LENGTH_OCTETS + query.remaining());
        framed.putShort((short) query.remaining()).put(query).flip();
        connection.write(framed);
    }

    @Override
    public void onData(CheckRun.Connection connection, ByteBuffer data) {
        while (data.hasRemaining() && received.size() < wanted) {
            // No more than the message: at most 65,537 octets are ever kept.
            var octets = new byte[Math.min(data.remaining(), wanted - received.size())];
            data.get(octets);
            received.writeBytes(octets);
            if (wanted == LENGTH_OCTETS && received.size() == LENGTH_OCTETS) {
                var length = received.toByteArray();
                wanted += ((length[0] & 0xff) << 8) | (length[1] & 0xff);
            }
        }
        if (received.size() == wanted) {
            connection.close();
            conclude();
        }
    }

    private void conclude() {
        var octets = received.toByteArray();
        try {
            dialogue.heard(Arrays.copyOfRange(octets, LENGTH_OCTETS, octets.length));
        } catch (NoAnswer e) {
            // Nobody else speaks on this connection.
            dialogue.failed("sent by tcp what " + e.words());
        }
    }

    @Override
    public void onClosed(@Nullable IOException cause) {
        if (connected && cause == null) {
            dialogue.failed("closed the connection without an answer");
        } else {
            dialogue.broke(cause);
        }
    }
}
