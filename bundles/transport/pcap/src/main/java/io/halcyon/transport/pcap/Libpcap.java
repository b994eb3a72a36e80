package io.halcyon.transport.pcap;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.lang.reflect.Field;
import org.pcap4j.core.PcapHandle;

/**
 * The C library. It is asked for before a class of Pcap4J is loaded: one that was initialized without it would stay broken
 * until the bundle is refreshed.
 */
record Libpcap(String name) {

    static final Libpcap OF_THE_SYSTEM = new Libpcap("pcap");

    /** Fails with what to install. */
    void require() throws IOException {
        load();
    }

    /**
     * The descriptor that becomes readable when a frame has come. Pcap4J hides both it and the {@code pcap_t} that knows it;
     * its version in this bundle is ours to choose, so the name of the field is known.
     */
    int descriptor(PcapHandle handle) throws IOException {
        try {
            Field pointer = PcapHandle.class.getDeclaredField("handle");
            pointer.setAccessible(true);
            return load().getFunction("pcap_get_selectable_fd").invokeInt(new Object[] {(Pointer) pointer.get(handle)});
        } catch (ReflectiveOperationException otherVersion) {
            throw new IOException("Pcap4J is of a version that we do not know", otherVersion);
        }
    }

    private NativeLibrary load() throws IOException {
        try {
            return NativeLibrary.getInstance(name);
        } catch (UnsatisfiedLinkError missing) {
            throw new IOException(
                    "lib" + name + " is missing or damaged; it is in the Debian package libpcap0.8"
                            + " (apt-get install libpcap0.8)",
                    missing);
        }
    }
}
