package io.halcyon.check.tlscertificate;

import io.halcyon.spi.check.CheckRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is said in SMTP until TLS begins, RFC 3207; from then on another is in charge. Owned by the selector's thread. */
final class MailOpening implements CheckRun.Handler {

    /**
     * A reply, and what is said to it.
     *
     * @param name what it is called among the steps of a run
     * @param what what is answered there
     * @param code the code that is wanted
     * @param answer what is said next, empty if TLS is next
     */
    private record Step(String name, String what, String code, String answer) {}

    private static final int LIMIT_BYTES = 1 << 16;
    private static final Pattern LINE = Pattern.compile("\\d{3}([ -].*)?");

    private final Function<CheckRun.Connection, CheckRun.Handler> startTls;
    private final Inspection inspection;
    private final StringBuilder line = new StringBuilder();
    private final Iterator<Step> steps = List.of(
                    new Step("greeting", "the greeting", "220", "EHLO localhost\r\n"),
                    new Step("ehlo", "EHLO", "250", "STARTTLS\r\n"),
                    new Step("starttls", "STARTTLS", "220", ""))
            .iterator();
    private Step step = steps.next();
    private CheckRun.@Nullable Handler tls;
    private int bytes;

    /**
     * @param startTls begins TLS on a connection, and gives who is in charge of it then
     * @param inspection hears if it does not come to that
     */
    MailOpening(Function<CheckRun.Connection, CheckRun.Handler> startTls, Inspection inspection) {
        this.startTls = startTls;
        this.inspection = inspection;
    }

    @Override
    public void onConnected(CheckRun.Connection connection) {}

    @Override
    public void onData(CheckRun.Connection connection, ByteBuffer data) {
        if (tls != null) {
            tls.onData(connection, data);
            return;
        }
        try {
            while (data.hasRemaining() && tls == null) {
                if (endsLine(data.get())) {
                    hear(connection, data.hasRemaining());
                }
            }
        } catch (IOException e) {
            connection.close();
            inspection.onClosed(e);
        }
    }

    @Override
    public void onClosed(@Nullable IOException cause) {
        if (tls != null) {
            tls.onClosed(cause);
        } else {
            inspection.onClosed(cause);
        }
    }

    private boolean endsLine(byte octet) throws IOException {
        if (++bytes > LIMIT_BYTES) {
            throw new IOException("more than " + LIMIT_BYTES + " bytes came before TLS began");
        }
        if (octet != '\n') {
            line.append((char) (octet & 0xff));
        }
        return octet == '\n';
    }

    private void hear(CheckRun.Connection connection, boolean more) throws IOException {
        var text = line.toString().stripTrailing();
        line.setLength(0);
        if (!LINE.matcher(text).matches()) {
            throw new IOException(step.what + ": the server does not answer in SMTP");
        }
        if (!text.startsWith(step.code)) {
            throw new IOException(step.what + ": the answer is " + text.substring(0, 3) + ", expected is " + step.code);
        }
        if (!text.startsWith("-", 3)) {
            inspection.run().step(step.name, step.code);
            proceed(connection, more);
        }
    }

    private void proceed(CheckRun.Connection connection, boolean more) throws IOException {
        if (!step.answer.isEmpty()) {
            connection.write(ByteBuffer.wrap(step.answer.getBytes(StandardCharsets.US_ASCII)));
            step = steps.next();
        } else if (more) {
            throw new IOException("STARTTLS: more than the answer came before TLS began");
        } else {
            tls = startTls.apply(connection);
        }
    }
}
