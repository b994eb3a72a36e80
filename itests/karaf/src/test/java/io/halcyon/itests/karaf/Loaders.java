package io.halcyon.itests.karaf;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** Class loaders of bundles that went: whoever still holds one holds all its classes. */
final class Loaders {

    private final List<WeakReference<ClassLoader>> seen = new ArrayList<>();

    /** Remembers the loader that the bundle has now, without holding it. */
    void remember(Bundle bundle) {
        seen.add(new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader()));
    }

    int remembered() {
        return seen.size();
    }

    /** How many of them are left after full collections; fewer are waited for, since some references go one after the other. */
    long alive(int expected) {
        return Soon.is(
                "loaders are collected",
                () -> {
                    ManagementFactory.getMemoryMXBean().gc();
                    return seen.stream().filter(loader -> loader.get() != null).count();
                },
                alive -> alive <= expected);
    }

    /** Bytes that live in the heap after a full collection. */
    static long heapBytes() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** How long collections took until now. */
    static long collectionMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }
}
