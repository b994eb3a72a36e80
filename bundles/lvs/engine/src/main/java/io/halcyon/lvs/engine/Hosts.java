package io.halcyon.lvs.engine;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who asked for which host name. Owned by the loop thread, but for {@link #close}. */
final class Hosts implements AutoCloseable {

    /** Hears on the loop thread where a name leads; nowhere if there is no answer. */
    interface Answers {
        void resolved(String server, String realServer, String host, List<InetAddress> addresses);
    }

    private record Asker(String server, String realServer) {}

    private final Resolver resolver;
    private final Map<String, Set<Asker>> askers = new HashMap<>();
    private final Answers answers;

    Hosts(LvsLoop loop, Resolver.Lookup lookup, Answers answers) {
        this.answers = answers;
        this.resolver = new Resolver(lookup, (host, found) -> loop.execute(() -> tell(host, found)));
    }

    void ask(String server, String realServer, String host) {
        askers.computeIfAbsent(host, name -> new LinkedHashSet<>()).add(new Asker(server, realServer));
        resolver.ask(host);
    }

    @Override
    public void close() {
        resolver.close();
    }

    private void tell(String host, List<InetAddress> found) {
        var waiting = askers.remove(host);
        if (waiting != null) {
            waiting.forEach(asker -> answers.resolved(asker.server, asker.realServer, host, found));
        }
    }
}
