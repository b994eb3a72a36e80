package io.halcyon.linux.socket;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import io.halcyon.linux.LinuxException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.NetworkChannel;
import java.nio.charset.StandardCharsets;

/** Options of the JDK's own sockets that the JDK cannot set. For whoever owns the channel, and before it is connected. */
public final class ChannelOptions {

    /** The option of the JVM without which the JDK does not show the descriptors of its sockets. */
    public static final String JVM_OPTION = "--add-opens java.base/sun.nio.ch=ALL-UNNAMED";

    private ChannelOptions() {}

    /**
     * Lets a socket send and receive by one interface only ({@code SO_BINDTODEVICE}).
     *
     * @throws LinuxException if the kernel refuses it; {@code ENODEV} if there is no such interface
     * @throws IOException if this JVM does not show its sockets
     */
    public static void bindToInterface(NetworkChannel channel, String name) throws IOException {
        set(channel, "SO_BINDTODEVICE", Libc.SO_BINDTODEVICE, name.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Marks what a socket sends ({@code SO_MARK}); needs CAP_NET_ADMIN, or CAP_NET_RAW on newer kernels.
     *
     * @throws LinuxException if the kernel refuses it
     * @throws IOException if this JVM does not show its sockets
     */
    public static void mark(NetworkChannel channel, int mark) throws IOException {
        var value = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder());
        set(channel, "SO_MARK", Libc.SO_MARK, value.putInt(mark).array());
    }

    private static void set(NetworkChannel channel, String what, int option, byte[] value) throws IOException {
        int descriptor = descriptor(channel);
        try (Memory memory = new Memory(value.length)) {
            memory.write(0, value, 0, value.length);
            if (Libc.setsockopt(descriptor, Libc.SOL_SOCKET, option, memory, value.length) != 0) {
                throw new LinuxException(what, Native.getLastError());
            }
        }
    }

    private static int descriptor(NetworkChannel channel) throws IOException {
        try {
            var field = channel.getClass().getDeclaredField("fdVal");
            field.setAccessible(true);
            return field.getInt(channel);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IOException("the JVM runs without " + JVM_OPTION, e);
        }
    }
}
