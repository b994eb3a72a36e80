package io.halcyon.spi.check;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One run of an {@link AsynchronousCheck}: non-blocking connections, timers, and the way to say the result.
 *
 * <p>{@link #connect}, {@link #connectDatagram} and {@link #after} belong to the selector's thread, where every callback of the
 * run is called; elsewhere they throw {@link IllegalStateException}. {@link #complete} and {@link #elapsedNanos} may be
 * called from any thread, so that a library with threads of its own can end the run.
 */
@ProviderType
public interface CheckRun {

    /**
     * Opens a TCP connection; {@link Handler} tells how it goes, never before this method returned.
     *
     * <p>The name of an unresolved target is looked up first, away from the selector's thread; that time counts against
     * the run's timeout, and an answer after the run's end is dropped. Of several addresses the first one is taken. A
     * name without an address is {@link Handler#onClosed} with {@code unknown host NAME}. What is written as an address
     * never asks for anything.
     *
     * <p>A connection over which nothing was sent or received is closed by a reset, so that neither side keeps its port
     * busy.
     */
    void connect(InetSocketAddress target, Handler handler);

    /**
     * Opens a UDP socket that talks to the target only; its name is looked up as in {@link #connect}.
     *
     * <p>{@link Handler#onConnected} comes at once after that, whether anybody is there or not. Each {@link Connection#write}
     * sends one datagram, each {@link Handler#onData} brings one. {@link Handler#onClosed} tells of an error, such as
     * nobody listening there.
     */
    void connectDatagram(InetSocketAddress target, Handler handler);

    /**
     * The same run, whose connections come from there. One that cannot, because the source is not to be had on this machine,
     * ends the run as UNKNOWN.
     */
    default CheckRun from(Source source) {
        if (source.isAny()) {
            return this;
        }
        throw new UnsupportedOperationException("nobody can choose here where connections come from");
    }

    /**
     * Ends a step of the run, such as {@code tls} or {@code answer}: {@code check:run} shows all of them in their order, with
     * the time since the one before. The engine adds those that it takes itself: {@code resolve} and {@code connect} of each
     * connection, and {@code judge} at the end. Any thread may call.
     *
     * @param words what came of it, for a person; empty if it was done and that is all. No secrets
     */
    default void step(String name, String words) {}

    /** Calls {@code action} after a delay, unless the run is over by then. */
    void after(long delayMillis, Runnable action);

    /** Ends the run. Calls after the first do nothing. Any thread may call. */
    void complete(CheckResult result);

    /** Nanoseconds since the run began. Any thread may call. */
    long elapsedNanos();

    /** An open connection of a run. */
    @ProviderType
    interface Connection {

        /**
         * Sends the bytes; what the kernel does not take at once is kept and sent later. A datagram that it does not take
         * at once is lost.
         */
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
