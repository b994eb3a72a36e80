package io.halcyon.console.shell.page;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/**
 * Below TLS: an end that TLS did not announce is an error, as for a check, because a body may have been cut off there. Java's own
 * sockets take it for a good end.
 */
final class StrictSocket extends Socket {

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                return required(super.read());
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return required(super.read(bytes, offset, length));
            }
        };
    }

    private static int required(int result) throws PageException {
        if (result < 0) {
            throw new PageException("the server ended the connection without saying so (close_notify)");
        }
        return result;
    }
}
