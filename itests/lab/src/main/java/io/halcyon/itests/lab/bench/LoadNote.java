package io.halcyon.itests.lab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether the machine had other work when a measurement began. Made at its beginning. */
final class LoadNote {

    private static final double BUSY = 0.3;

    private final double before = Context.load();

    List<String> and(List<String> notes) {
        var all = new ArrayList<>(notes);
        if (before > BUSY) {
            all.add(String.format(
                    Locale.ROOT,
                    "**The machine was busy with something else when this began: %.1f runnable threads per processor.**",
                    before));
        }
        return all;
    }
}
