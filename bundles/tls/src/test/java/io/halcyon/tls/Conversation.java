package io.halcyon.tls;

import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import io.halcyon.testkit.Look;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One run that connects, says something and listens until the connection ends or enough was heard. */
final class Conversation implements CheckRun.Handler {

    /** How the connection is made. */
    interface Way {
        void begin(CheckRun run, CheckRun.Handler handler);
    }

    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final String saying;
    private final int enoughBytes;
    private CheckRun run;

    TlsConnection connection;
    String protocol = "";
    IOException cause;
    int connected;
    int closed;

    private Conversation(String saying, int enoughBytes) {
        this.saying = saying;
        this.enoughBytes = enoughBytes;
    }

    /** Ends when so many bytes were heard, or with the connection. */
    static Conversation hold(Way way, String saying, int enoughBytes, long timeoutMillis) throws Exception {
        var conversation = new Conversation(saying, enoughBytes);
        AsynchronousCheck check = run -> {
            conversation.run = run;
            way.begin(run, conversation);
        };
        Look.at(check, timeoutMillis);
        return conversation;
    }

    static Conversation hold(TlsClient client, int port, String serverName, String saying) throws Exception {
        var target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return hold((run, handler) -> client.connect(run, target, serverName, handler), saying, 1, 20_000);
    }

    String heard() {
        return heard.toString(StandardCharsets.ISO_8859_1);
    }

    int heardBytes() {
        return heard.size();
    }

    String sentence() {
        return cause == null ? "" : String.valueOf(cause.getMessage());
    }

    @Override
    public void onConnected(CheckRun.Connection opened) {
        connected++;
        connection = (TlsConnection) opened;
        protocol = connection.session().getProtocol();
        opened.write(ByteBuffer.wrap(saying.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Override
    public void onData(CheckRun.Connection from, ByteBuffer data) {
        while (data.hasRemaining()) {
            heard.write(data.get());
        }
        if (heard.size() >= enoughBytes) {
            run.complete(CheckResult.up("heard enough"));
        }
    }

    @Override
    public void onClosed(@Nullable IOException reason) {
        closed++;
        cause = reason;
        run.complete(CheckResult.down("closed"));
    }
}
