package io.halcyon.vrrp.engine.loop;

import io.halcyon.spi.host.Host;
import java.util.function.Consumer;

/**
 * What every router of a loop works with.
 *
 * @param vips managers of addresses
 * @param orders carries out orders to VIP managers that may block: a plugin that does blocks nobody here
 * @param log writes log lines: a disk that hangs must not hold up an advertisement
 * @param events takes events to who wants to hear of them: a listener that hangs must not either
 * @param mailbox runs an order on the loop's thread, soon
 */
record LoopContext(
        Host host,
        VipTable vips,
        Worker orders,
        Worker log,
        Announcer announcer,
        ChannelTable channels,
        EventPost events,
        Consumer<Runnable> mailbox) {}
