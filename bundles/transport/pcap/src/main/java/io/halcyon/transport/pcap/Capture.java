package io.halcyon.transport.pcap;

import io.halcyon.linux.Clock;
import io.halcyon.linux.socket.Pollable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Timestamp;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.BlockingMode;
import org.pcap4j.core.PcapHandle.PcapDirection;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;

/**
 * A capture of incoming Ethernet frames: immediate, because otherwise libpcap sits on them until its timeout; not promiscuous;
 * never blocking. Sending is thread-safe; reading and the filter belong to one thread at a time, closing to the owner.
 *
 * <p>Frames are taken as octets, one by one, with nothing of Pcap4J's that would look at them. Its listeners would be called
 * under a lock of the handle that closing wants too, and cost a native closure for each look at the queue.
 */
final class Capture implements Pollable, AutoCloseable {

    private static final int ETHERNET = 1;
    private static final long MILLIS_PER_SECOND = 1_000L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MICRO = 1_000L;

    private final PcapHandle handle;
    private final int descriptor;

    private Capture(PcapHandle handle, int descriptor) {
        this.handle = handle;
        this.descriptor = descriptor;
    }

    /**
     * Opens a capture in the calling thread's namespace.
     *
     * @param device name of the interface
     * @param snapLength octets that are kept of a frame
     * @param bufferBytes what is kept of frames while nobody reads
     * @param filter in pcap's language; the kernel runs it
     */
    static Capture open(Libpcap library, String device, int snapLength, int bufferBytes, String filter)
            throws IOException {
        library.require();
        PcapHandle handle = null;
        try {
            handle = new PcapHandle.Builder(device)
                    .snaplen(snapLength)
                    .promiscuousMode(PromiscuousMode.NONPROMISCUOUS)
                    .bufferSize(bufferBytes)
                    .immediateMode(true)
                    .direction(PcapDirection.IN)
                    .build();
            handle.setBlockingMode(BlockingMode.NONBLOCKING);
            if (handle.getDlt().value() != ETHERNET) {
                throw new IOException("it is no Ethernet, use transport = raw there");
            }
            Capture capture = new Capture(handle, library.descriptor(handle));
            capture.filter(filter);
            return capture;
        } catch (PcapNativeException | NotOpenException | IOException failure) {
            if (handle != null) {
                handle.close();
            }
            throw failed("open", failure);
        }
    }

    /** Replaces the filter. A frame that comes at this very moment may be lost. */
    void filter(String expression) throws IOException {
        try {
            handle.setFilter(expression, BpfCompileMode.OPTIMIZE);
        } catch (PcapNativeException | NotOpenException failure) {
            throw failed("filter", failure);
        }
    }

    /** Takes the next frame off the queue; null if it is empty. */
    @Nullable
    ByteBuffer receive() throws IOException {
        try {
            return ByteBuffer.wrap(handle.getNextRawPacketEx());
        } catch (TimeoutException empty) {
            return null;
        } catch (PcapNativeException | NotOpenException | EOFException failure) {
            throw failed("receive", failure);
        }
    }

    /**
     * How long ago the kernel got the frame last received, see {@link Clock#ageNanos}; never more than that, although the stamp
     * has whole microseconds only.
     */
    long ageNanos() {
        Timestamp stamp = handle.getTimestamp();
        long seconds = stamp.getTime() / MILLIS_PER_SECOND;
        return Clock.ageNanos(seconds * NANOS_PER_SECOND + stamp.getNanos() + NANOS_PER_MICRO);
    }

    void send(byte[] frame, int length) throws IOException {
        try {
            handle.sendPacket(frame, length);
        } catch (PcapNativeException | NotOpenException failure) {
            throw failed("send", failure);
        }
    }

    @Override
    public int descriptor() {
        return descriptor;
    }

    @Override
    public void close() {
        handle.close();
    }

    private static IOException failed(String what, Exception failure) {
        return failure instanceof IOException known && !(failure instanceof EOFException)
                ? known
                : new IOException("pcap " + what + ": " + failure.getMessage(), failure);
    }
}
