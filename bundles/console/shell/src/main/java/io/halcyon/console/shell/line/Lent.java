package io.halcyon.console.shell.line;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A stream for a session of Karaf's, which closes what it was given when its command is interrupted. The lender goes on. */
final class Lent extends FilterOutputStream {

    private Lent(OutputStream lender) {
        super(lender);
    }

    static PrintStream of(OutputStream lender) {
        return new PrintStream(new Lent(lender), true, StandardCharsets.UTF_8);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
