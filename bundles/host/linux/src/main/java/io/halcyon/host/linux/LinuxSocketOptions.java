package io.halcyon.host.linux;

import io.halcyon.linux.socket.ChannelOptions;
import io.halcyon.spi.host.SocketOptions;
import java.io.IOException;
import java.nio.channels.NetworkChannel;
import org.osgi.service.component.annotations.Component;

/** {@code SO_BINDTODEVICE} and {@code SO_MARK}. */
@Component
public final class LinuxSocketOptions implements SocketOptions {

    @Override
    public void bindToInterface(NetworkChannel channel, String name) throws IOException {
        ChannelOptions.bindToInterface(channel, name);
    }

    @Override
    public void mark(NetworkChannel channel, int mark) throws IOException {
        ChannelOptions.mark(channel, mark);
    }
}
