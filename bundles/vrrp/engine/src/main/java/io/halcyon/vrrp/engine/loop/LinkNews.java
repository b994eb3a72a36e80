package io.halcyon.vrrp.engine.loop;

import io.halcyon.spi.link.Link;
import io.halcyon.spi.link.LinkListener;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * News of interfaces on their way to the loop, of which only the last of each counts: a thousand new addresses are one
 * turn of work. Thread-safe.
 */
final class LinkNews implements LinkListener {

    private final Map<String, Optional<Link>> news = new ConcurrentHashMap<>();
    private final Consumer<Runnable> mailbox;
    private final BiConsumer<String, @Nullable Link> reader;

    /**
     * @param reader told on the loop's thread; no link means that it is gone
     */
    LinkNews(Consumer<Runnable> mailbox, BiConsumer<String, @Nullable Link> reader) {
        this.mailbox = mailbox;
        this.reader = reader;
    }

    @Override
    public void onLink(Link link) {
        tell(link.name(), Optional.of(link));
    }

    @Override
    public void onLinkGone(String name, int index) {
        tell(name, Optional.empty());
    }

    private void tell(String name, Optional<Link> link) {
        if (news.put(name, link) == null) {
            mailbox.accept(() -> {
                Optional<Link> last = news.remove(name);
                if (last != null) {
                    reader.accept(name, last.orElse(null));
                }
            });
        }
    }
}
