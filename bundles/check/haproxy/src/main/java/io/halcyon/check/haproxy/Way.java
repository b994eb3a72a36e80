package io.halcyon.check.haproxy;

import io.halcyon.spi.check.Source;
import io.halcyon.spi.check.SourceException;
import io.halcyon.spi.host.SocketOptions;
import java.nio.channels.NetworkChannel;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where our connections come from.
 *
 * @param options what the machine can do for sockets, null while nobody knows
 */
record Way(Source source, Supplier<@Nullable SocketOptions> options) {

    static final Way ANY = new Way(Source.ANY, () -> null);

    void bind(NetworkChannel channel) throws SourceException {
        source.bind(channel, options.get());
    }
}
