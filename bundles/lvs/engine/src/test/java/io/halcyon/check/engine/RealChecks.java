package io.halcyon.check.engine;

import io.halcyon.api.check.VerdictListener;
import io.halcyon.check.http.HttpCheckFactory;
import java.nio.file.Path;
import org.osgi.service.cm.ConfigurationAdmin;

/** The check engine with checks over HTTP, bound as the container binds it. */
public final class RealChecks implements AutoCloseable {

    private final CheckEngine engine;

    /** @param data where it keeps what it keeps */
    public RealChecks(Path data, ConfigurationAdmin configurations) {
        System.setProperty("karaf.data", data.toString());
        engine = new CheckEngine(configurations);
        System.clearProperty("karaf.data");
        engine.addFactory(new HttpCheckFactory());
    }

    public CheckEngine engine() {
        return engine;
    }

    public void tell(VerdictListener listener) {
        engine.addListener(listener);
    }

    public void forget(VerdictListener listener) {
        engine.removeListener(listener);
    }

    public long runs(String check) {
        return engine.check(check).orElseThrow().counters().getOrDefault("runs", 0L);
    }

    @Override
    public void close() {
        engine.deactivate();
    }
}
