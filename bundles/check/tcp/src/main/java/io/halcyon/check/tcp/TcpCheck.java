package io.halcyon.check.tcp;

import io.halcyon.settings.Endpoint;
import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.CheckRun;

/** Opens a connection, and may say something there and wait for an answer. Immutable. */
final class TcpCheck implements AsynchronousCheck {

    private final Endpoint target;
    private final byte[] send;
    private final byte[] expect;

    TcpCheck(Endpoint target, byte[] send, byte[] expect) {
        this.target = target;
        this.send = send.clone();
        this.expect = expect.clone();
    }

    @Override
    public void look(CheckRun run) {
        run.connect(
                target.address(),
                expect.length == 0 ? new Knock(run, target) : new Exchange(run, target, send, new ByteSearch(expect)));
    }
}
