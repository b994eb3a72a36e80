package io.halcyon.spi.check;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/** One run of an {@link AsynchronousCheck}: non-blocking TCP connections, a timer, and the way to say the result. */
@ProviderType
public interface CheckRun {

    /** Opens a TCP connection to a resolved address; {@link Handler} tells how it goes. */
    void connect(InetSocketAddress target, Handler handler);

    /** Calls {@code action} after a delay, unless the run is over by then. */
    void after(long delayMillis, Runnable action);

    /** Ends the run. Calls after the first do nothing. */
    void complete(CheckResult result);

    /** Nanoseconds since the run began. */
    long elapsedNanos();

    /** An open connection of a run. */
    @ProviderType
    interface Connection {

        /** Sends the bytes; what the kernel does not take at once is kept and sent later. */
        void write(ByteBuffer data);

        /** Closes the connection; the handler hears nothing more of it. */
        void close();
    }

    /** Hears of one connection. An exception thrown here ends the run as down, with its message as the reason. */
    @ConsumerType
    interface Handler {

        /** The connection is open. */
        void onConnected(Connection connection);

        /** Bytes arrived; the buffer is only valid during the call. */
        void onData(Connection connection, ByteBuffer data);

        /** The peer closed it (null), or it could not be opened or broke. */
        void onClosed(@Nullable IOException cause);
    }
}
