package io.halcyon.spi.check;

import static io.halcyon.spi.keys.KeyValue.named;
import static io.halcyon.spi.keys.KeyValue.refused;

import io.halcyon.spi.host.SocketOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the connections of a check come from, as far as that is not left to the kernel: the keys {@code bindto},
 * {@code bind.port}, {@code bind.if} and {@code fwmark}.
 *
 * @param address null for that of the route
 * @param port 0 for any
 * @param device interface by which packets go and come, empty for that of the route
 * @param mark mark for firewall and routing rules, 0 for none
 */
public record Source(@Nullable InetAddress address, int port, String device, int mark) {

    /** Everything is left to the kernel. */
    public static final Source ANY = new Source(null, 0, "", 0);

    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F:.]*");
    /** As the kernel takes them. */
    private static final Pattern DEVICE = Pattern.compile("[^\\s/:%]{1,15}");

    /**
     * Reads the keys; empty and 0 leave it to the kernel.
     *
     * @throws IllegalArgumentException if one cannot be used, naming it
     */
    public static Source of(String bindto, int bindPort, String bindIf, int fwmark) {
        if (!bindIf.isEmpty() && !DEVICE.matcher(bindIf).matches()) {
            throw refused("bind.if", bindIf, "the name of an interface");
        }
        var address = bindto.isEmpty() ? null : named("bindto", bindto, () -> literal(bindto));
        return new Source(address, bindPort, bindIf, fwmark);
    }

    /**
     * The same, provided that one can get there from here.
     *
     * @throws IllegalArgumentException if the target's address is of another family
     */
    public Source to(InetSocketAddress target) {
        if (address != null
                && !target.isUnresolved()
                && address instanceof Inet4Address != target.getAddress() instanceof Inet4Address) {
            throw refused("bindto", address.getHostAddress(), "an address of the family of connect.ip");
        }
        return this;
    }

    /** Whether everything is left to the kernel. */
    public boolean isAny() {
        return equals(ANY);
    }

    /**
     * Gives it to a socket that is not connected yet. One with a port of its own ends its connections by a reset: the port
     * would be taken for a minute otherwise.
     *
     * @param options what the machine can do, null if that is not known
     * @throws SourceException if it cannot be had
     */
    public void bind(NetworkChannel channel, @Nullable SocketOptions options) throws SourceException {
        if (isAny()) {
            return;
        }
        if (!device.isEmpty() || mark != 0) {
            if (options == null) {
                throw new SourceException("bind.if and fwmark: nothing is installed here that could do it");
            }
            attach(channel, options);
        }
        if (address != null || port != 0) {
            bind(channel);
        }
    }

    private void attach(NetworkChannel channel, SocketOptions options) throws SourceException {
        var words = "bind.if = " + device;
        try {
            if (!device.isEmpty()) {
                options.bindToInterface(channel, device);
            }
            words = "fwmark = " + mark;
            if (mark != 0) {
                options.mark(channel, mark);
            }
        } catch (IOException e) {
            throw new SourceException(words + " cannot be had: " + e.getMessage(), e);
        }
    }

    private void bind(NetworkChannel channel) throws SourceException {
        try {
            if (port != 0 && channel instanceof SocketChannel) {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            channel.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            throw new SourceException(words(e), e);
        }
    }

    private String words(IOException refusal) {
        boolean foreign = refusal instanceof BindException
                && String.valueOf(refusal.getMessage()).startsWith("Cannot assign");
        if (foreign && address != null) {
            return "bindto = " + address.getHostAddress() + " is no address of this machine";
        }
        return (port == 0 ? "bindto" : "bind.port = " + port) + " cannot be had: " + refusal.getMessage();
    }

    private static InetAddress literal(String text) {
        boolean six = IPV6.matcher(text).matches();
        try {
            if (six || IPV4.matcher(text).matches()) {
                return InetAddress.getByName(six ? '[' + text + ']' : text);
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address of this machine", e);
        }
        throw new IllegalArgumentException("an address of this machine");
    }
}
